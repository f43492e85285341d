using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Reruns;

/// <summary>What jobs should ask for, by what they used.</summary>
public interface ISuggestionDesk
{
    /// <returns>What they ask for and what they used, class by class in the order of the spec; null if there is no such workflow.</returns>
    Task<IReadOnlyList<ResourceUseView>?> UsesAsync(WorkflowId workflow, CancellationToken cancel);

    /// <returns>The same job by job, of those whose newest attempt has ended; null if there is no such workflow.</returns>
    Task<IReadOnlyList<JobUseView>?> JobsAsync(WorkflowId workflow, CancellationToken cancel);

    /// <returns>How the spec would change if all suggestions went into it; null if there is nothing to suggest.</returns>
    Task<SpecEditView?> ReviewAsync(WorkflowId workflow, CancellationToken cancel);

    /// <summary>Puts all suggestions into the spec.</summary>
    /// <param name="version">The number that the spec is to get; if it is another by now, nothing is stored.</param>
    /// <returns>Null if it was done; otherwise why not, in a sentence.</returns>
    Task<string?> ApplyAsync(WorkflowId workflow, int version, CancellationToken cancel);
}
