using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Engine;

namespace Torc.Web.Reruns;

internal sealed class NeedsDesk(WorkflowEngine engine, WorkflowStore store, RerunSpecs specs) : INeedsDesk
{
    private const string Other = "The spec has changed meanwhile. Look at the lines again.";

    public async Task<SpecEditView?> ReviewAsync(WorkflowId id, IReadOnlyList<RequirementsChange> changes, CancellationToken cancel) =>
        await store.FindAsync(id, cancel) is { } workflow ? (await specs.ReviseAsync(workflow, changes, cancel)).View : null;

    public async Task<string?> ApplyAsync(WorkflowId id, IReadOnlyList<RequirementsChange> changes, int version, CancellationToken cancel)
    {
        while (await store.FindAsync(id, cancel) is { } workflow)
        {
            var (revision, view) = await specs.ReviseAsync(workflow, changes, cancel);
            if (view?.Refusal is { } refusal)
            {
                return refusal;
            }

            if (revision is null || view?.Version != version)
            {
                return Other;
            }

            bool isDone = await engine.ChangeAsync(
                (state, commit, now) =>
                {
                    // What was looked at holds for that moment, and for no other.
                    if (state.Adopt(workflow) is not { } held)
                    {
                        return false;
                    }

                    if (held.State.Version == workflow.State.Version
                        && state.TryRevise(held, revision.Definition, [.. Enumerable.Range(0, held.State.JobCount)], revision.Spec, now, commit) is not null)
                    {
                        return true;
                    }

                    state.ReleaseIfEnded(held);
                    return false;
                },
                cancel);
            if (isDone)
            {
                return null;
            }
        }

        return $"There is no workflow {id} any more.";
    }
}
