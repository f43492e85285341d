using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Jobs;

namespace Torc.Web.Graph;

/// <summary>The jobs and groups of a drawing as a list, for screens too narrow for a graph.</summary>
public sealed partial class GroupList
{
    [Parameter, EditorRequired]
    public GraphPicture Picture { get; set; } = null!;

    /// <summary>All jobs in the order of the spec.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>How many jobs of a group, by its position, have each status.</summary>
    [Parameter, EditorRequired]
    public Func<int, IReadOnlyDictionary<JobStatus, int>> CountsOf { get; set; } = null!;

    /// <summary>How many of these nobody knows any more to be so.</summary>
    [Parameter]
    public Func<int, IReadOnlyDictionary<JobStatus, int>> UnknownOf { get; set; } = _ => StatusCounts.None;

    [Parameter]
    public EventCallback<string?> JobChosen { get; set; }

    [Parameter]
    public EventCallback<string?> GroupChosen { get; set; }
}
