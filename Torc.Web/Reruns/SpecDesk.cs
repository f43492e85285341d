using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Web.Reruns;

/// <summary>Gives workflows that are there another spec.</summary>
internal sealed class SpecDesk(WorkflowEngine engine, WorkflowStore store)
{
    /// <param name="renames">New names by old ones: jobs that are the same in spite of their names.</param>
    /// <param name="apply">Otherwise nothing is stored.</param>
    /// <param name="isExpected">Whether a version of the spec is the one that is to be replaced; if not, nothing is stored.</param>
    /// <returns>Null if there is no such workflow.</returns>
    public async Task<SpecChangeAnswer?> ChangeAsync(
        WorkflowId id, WorkflowDefinition definition, SpecSource spec, IReadOnlyDictionary<string, string> renames, bool apply, Func<int, bool> isExpected, CancellationToken cancel)
    {
        while (await store.FindAsync(id, cancel) is { } workflow)
        {
            var change = SpecChange.Between(workflow.State.Definition, definition, renames);
            var view = new SpecChangeView(
                workflow.Head.SpecVersion + 1, IsApplied: false, workflow.State.Status == WorkflowStatus.Running, change.Added, change.Removed, change.Changed, change.Renames);
            bool isOther = !isExpected(workflow.Head.SpecVersion);
            if (!apply || isOther || view.IsRunning)
            {
                return new SpecChangeAnswer(view, isOther);
            }

            bool isApplied = await engine.ChangeAsync(
                (state, commit, now) =>
                {
                    if (state.Adopt(workflow) is not { } held)
                    {
                        return false;
                    }

                    if (held.State.Version == workflow.State.Version && state.TryRevise(held, definition, change.Origins, spec, now, commit) is not null)
                    {
                        return true;
                    }

                    state.ReleaseIfEnded(held);
                    return false;
                },
                cancel);
            if (isApplied)
            {
                return new SpecChangeAnswer(view with { IsApplied = true }, IsOther: false);
            }
        }

        return null;
    }
}
