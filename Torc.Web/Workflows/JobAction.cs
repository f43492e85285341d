namespace Torc.Web.Workflows;

/// <summary>What may be done to jobs, apart from running them again.</summary>
public enum JobAction
{
    Stop,
    TurnOff,
    TurnOn,
    ChangeNeeds,
}
