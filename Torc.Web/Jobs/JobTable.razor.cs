using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;

namespace Torc.Web.Jobs;

/// <summary>A workflow's jobs as a table: the same as the graph, for a screen reader and for workflows of any size.</summary>
public sealed partial class JobTable
{
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string?> SelectedChanged { get; set; }

    private string? RowClass(JobView job, int row) => job.Name.Equals(Selected, StringComparison.Ordinal) ? "torc-selected" : null;
}
