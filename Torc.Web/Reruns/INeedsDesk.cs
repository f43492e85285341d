using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Reruns;

/// <summary>Changes what jobs ask for, as a new version of the spec; nothing is started.</summary>
public interface INeedsDesk
{
    /// <returns>How the spec would change; null if there is no such workflow, or if all is so already.</returns>
    Task<SpecEditView?> ReviewAsync(WorkflowId id, IReadOnlyList<RequirementsChange> changes, CancellationToken cancel);

    /// <param name="version">The number that the spec is to get; if it is another by now, nothing is stored.</param>
    /// <returns>Null if it was done; otherwise why not, in a sentence.</returns>
    Task<string?> ApplyAsync(WorkflowId id, IReadOnlyList<RequirementsChange> changes, int version, CancellationToken cancel);
}
