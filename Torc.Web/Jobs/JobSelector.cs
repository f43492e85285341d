using Torc.Shared.Jobs;
using Torc.Shared.Workflows.Selection;
using Torc.Web.Engine;
using Torc.Web.Nodes;

namespace Torc.Web.Jobs;

/// <summary>Finds the jobs that somebody means by a selection such as <c>status:failed+</c>.</summary>
internal sealed class JobSelector(WorkflowStore store, NodeQueries nodes)
{
    /// <returns>Null if there is no such workflow.</returns>
    /// <exception cref="BadSelectionException">It cannot be read.</exception>
    /// <exception cref="UnknownJobException">It names a job that is not one of the workflow.</exception>
    public async Task<IReadOnlyCollection<string>?> NamesAsync(WorkflowId id, string text, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } workflow)
        {
            return null;
        }

        var jobs = workflow.State.Definition.Jobs;
        return (await PositionsAsync(workflow, text, cancel)).Select(position => jobs[position].Name).ToHashSet();
    }

    /// <exception cref="BadSelectionException">It cannot be read.</exception>
    /// <exception cref="UnknownJobException">It names a job that is not one of the workflow.</exception>
    public async Task<IReadOnlyList<int>> PositionsAsync(ActiveWorkflow workflow, string text, CancellationToken cancel)
    {
        var selection = SelectionText.TryParse(text, out var problem) ?? throw new BadSelectionException(problem!);
        var names = await nodes.NamesAsync(cancel);
        var jobs = new SelectedJobs(
            workflow.State.Definition,
            position => workflow.State.Job(position).Status,
            position => workflow.NewestAttempt(position) is { } newest ? names.GetValueOrDefault(newest.Node) : null);
        var chosen = jobs.Of(selection, out var unknown);
        return unknown is null ? chosen : throw new UnknownJobException(workflow.State.Id, unknown);
    }
}
