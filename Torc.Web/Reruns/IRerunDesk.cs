using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Reruns;

/// <summary>What pages may ask about reruns, and for.</summary>
public interface IRerunDesk
{
    /// <returns>Null if there is no such workflow.</returns>
    /// <exception cref="UnknownJobException">A selected job is not one of the workflow.</exception>
    /// <exception cref="BadSelectionException">The selection cannot be read.</exception>
    Task<RerunPlanView?> PlanAsync(WorkflowId id, RerunRequest request, CancellationToken cancel);

    /// <summary>Starts what the plan says, if it still is the plan that was seen.</summary>
    /// <param name="key">Null for a request that nobody will know again.</param>
    /// <exception cref="RepeatedRequestException">It came before.</exception>
    /// <returns>Null if there is no such workflow.</returns>
    /// <exception cref="UnknownJobException">A selected job is not one of the workflow.</exception>
    /// <exception cref="BadSelectionException">The selection cannot be read.</exception>
    Task<RerunAnswer?> RerunAsync(WorkflowId id, RerunRequest request, string by, RequestKey? key, CancellationToken cancel);
}
