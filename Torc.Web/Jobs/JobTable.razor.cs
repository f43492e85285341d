using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>A workflow's jobs as a table: the same as the graph, for a screen reader and for workflows of any size.</summary>
public sealed partial class JobTable
{
    private readonly HashSet<JobId> _chosen = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string?> SelectedChanged { get; set; }

    /// <summary>What may be done to several jobs, shown above them while some are chosen; null lets none be chosen.</summary>
    [Parameter]
    public RenderFragment<IReadOnlyList<JobView>>? Bulk { get; set; }

    // By id, since a job that has changed is another value.
    private IReadOnlyList<JobView> Chosen => _chosen.Count == 0 ? [] : [.. Jobs.Where(job => _chosen.Contains(job.Id))];

    private bool IsAllChosen => _chosen.Count > 0 && Chosen.Count == Jobs.Count;

    /// <summary>Chooses none any more.</summary>
    public void Clear() => _chosen.Clear();

    private void Toggle(JobId job)
    {
        if (!_chosen.Remove(job))
        {
            _chosen.Add(job);
        }
    }

    private void ToggleAll()
    {
        bool isAll = IsAllChosen;
        _chosen.Clear();
        _chosen.UnionWith(isAll ? [] : Jobs.Select(job => job.Id));
    }

    private string? RowClass(JobView job, int row) => job.Name.Equals(Selected, StringComparison.Ordinal) ? "torc-selected" : null;
}
