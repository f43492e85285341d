using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Web.Workflows;

/// <summary>What pages may ask about how long a run will take.</summary>
public interface ITimesLeft
{
    /// <returns>Null if the workflow does not run, or if it cannot be said.</returns>
    Task<TimeLeft?> OfAsync(WorkflowView workflow, CancellationToken cancel);
}
