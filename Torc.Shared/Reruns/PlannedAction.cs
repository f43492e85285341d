namespace Torc.Shared.Reruns;

public enum PlannedAction
{
    Run,

    /// <summary>Runs unless what it reads turns out to be as it was.</summary>
    MayRun,

    Keep,
}
