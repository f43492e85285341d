namespace Torc.Shared.Reruns;

/// <summary>Why a job runs again, or why it is kept. Names are part of the API and of the command line: they never change.</summary>
public enum ReasonCode
{
    NeverRan,
    FailedExit,
    FailedOom,
    FailedTimeout,
    FailedSignal,
    FailedStart,
    OutputMissingAfterRun,
    NodeLost,
    Canceled,
    InputChanged,
    OutputMissing,
    OutputChanged,
    CommandChanged,
    EnvChanged,
    DataChanged,
    DependenciesChanged,
    UpstreamReruns,
    Selected,

    /// <summary>It is an action, and what sets it off happens in this run.</summary>
    Triggered,

    /// <summary>Kept, as are all that follow.</summary>
    UpToDate,

    TouchedSame,
    ResourcesOnly,
    OutOfScope,
    Disabled,

    /// <summary>It waits or runs already.</summary>
    InProgress,
}
