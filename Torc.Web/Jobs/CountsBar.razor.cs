using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>How far a workflow is: a bar with a part for each status, and the same in words.</summary>
public sealed partial class CountsBar
{
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<JobStatus, int> Counts { get; set; } = null!;

    /// <summary>How many of them nobody knows any more to be so; null for none.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobStatus, int>? Unknown { get; set; }

    /// <summary>For a row of a list.</summary>
    [Parameter]
    public bool Compact { get; set; }
}
