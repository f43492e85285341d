namespace Torc.Shared.Workflows;

/// <summary>What is done about a job that had too little memory or time. The numbers are stored, so they never change.</summary>
public enum Recovery
{
    /// <summary>Nothing that its failure handler does not say.</summary>
    Off = 0,

    /// <summary>It runs again with more, a few times.</summary>
    Auto = 1,
}
