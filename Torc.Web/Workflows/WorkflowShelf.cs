using Torc.Shared.Contracts;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>All workflows as the list shows them, newest first, kept up to date from the feed.</summary>
public sealed class WorkflowShelf(IReadOnlyList<WorkflowView> workflows)
{
    private readonly SortedDictionary<long, WorkflowView> _workflows = new(
        workflows.ToDictionary(workflow => workflow.Id.Value),
        Comparer<long>.Create((left, right) => right.CompareTo(left)));

    public IReadOnlyCollection<WorkflowView> Workflows => _workflows.Values;

    /// <summary>Takes over what is new or newer than what is shown.</summary>
    public void Apply(LiveBatch batch)
    {
        foreach (var workflow in batch.Workflows)
        {
            if (workflow.ArchivedAt is not null)
            {
                _workflows.Remove(workflow.Id.Value);
            }
            else if (!_workflows.TryGetValue(workflow.Id.Value, out var shown) || shown.Version < workflow.Version)
            {
                _workflows[workflow.Id.Value] = workflow;
            }
        }

        foreach (var deleted in batch.Deleted)
        {
            _workflows.Remove(deleted.Value);
        }
    }
}
