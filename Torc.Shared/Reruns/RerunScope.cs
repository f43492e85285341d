namespace Torc.Shared.Reruns;

/// <summary>Which jobs are looked at. What waits for a job that runs, runs as well, unless the scope says otherwise.</summary>
public enum RerunScope
{
    /// <summary>Jobs that failed, were ended or cancelled, and those that never ran.</summary>
    Failed,

    /// <summary>Every job that is not up to date: failed ones, and those whose inputs, outputs or definition have changed.</summary>
    Changed,

    /// <summary>The jobs that somebody named, and what waits for them.</summary>
    SelectedAndDownstream,

    /// <summary>The jobs that somebody named, and no others.</summary>
    Selected,

    All,
}
