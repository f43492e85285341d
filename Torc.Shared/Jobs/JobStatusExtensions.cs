using static Torc.Shared.Jobs.JobStatus;

namespace Torc.Shared.Jobs;

public static class JobStatusExtensions
{
    /// <summary>Nothing more happens to such a job in this run: what waits for it need not wait any longer.</summary>
    public static bool HasEnded(this JobStatus status) => status is Completed or Failed or Canceled or Terminated or Disabled;

    /// <summary>The job ended, and not as its author hoped.</summary>
    public static bool EndedBadly(this JobStatus status) => status is Failed or Canceled or Terminated;

    /// <summary>The job has an open attempt, which holds room on a node.</summary>
    public static bool HoldsNode(this JobStatus status) => status is Pending or Running;
}
