namespace Torc.Faults.Simulation;

internal enum FindingKind
{
    /// <summary>An invariant of the store does not hold.</summary>
    Violation,

    /// <summary>A result that was written down did not count.</summary>
    Lost,

    /// <summary>A result counted twice, or one that never was did.</summary>
    Doubled,

    /// <summary>Two copies of a job, or more jobs than a node has room for, ran at one time.</summary>
    Overlapping,

    /// <summary>A job ran before what it waits for was done, or after it was told not to.</summary>
    OutOfOrder,

    /// <summary>A process was left behind.</summary>
    Orphan,

    /// <summary>Something did not end.</summary>
    Stuck,
}
