namespace Torc.Shared.Workflows;

/// <summary>Where a workflow stands. The numbers are stored, so they never change.</summary>
public enum WorkflowStatus
{
    /// <summary>A draft: created and not started.</summary>
    Uninitialized = 0,

    /// <summary>Some job has not ended.</summary>
    Running = 1,

    /// <summary>Every job that is not disabled, and that some run has taken, is completed.</summary>
    Completed = 2,

    /// <summary>Every job has ended, and some not well.</summary>
    Failed = 3,
}
