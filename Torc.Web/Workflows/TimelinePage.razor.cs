using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of the timeline of a workflow: of which run, and what a row is.</summary>
public sealed partial class TimelinePage
{
    [Parameter]
    public long Id { get; set; }

    /// <summary>From 1; null for the newest.</summary>
    [SupplyParameterFromQuery(Name = "run")]
    public int? Run { get; set; }

    /// <summary>Rows are jobs, unless it says node or group.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    private TimelineRow Row => By switch
    {
        "node" => TimelineRow.Node,
        "group" => TimelineRow.Group,
        _ => TimelineRow.Job,
    };
}
