using Microsoft.AspNetCore.Components;
using Torc.Web.Graph;

namespace Torc.Web.Workflows;

/// <summary>The address of a workflow: which one, what is selected and how it is shown, so that a link gives the same view.</summary>
public sealed partial class WorkflowPage
{
    [Parameter]
    public long Id { get; set; }

    /// <summary>Its graph if it is null.</summary>
    [Parameter]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "job")]
    public string? Job { get; set; }

    /// <summary>Two runs to compare, where the runs are shown.</summary>
    [SupplyParameterFromQuery(Name = "a")]
    public int? Before { get; set; }

    [SupplyParameterFromQuery(Name = "b")]
    public int? After { get; set; }

    /// <summary>The group that is selected.</summary>
    [SupplyParameterFromQuery(Name = "group")]
    public string? Group { get; set; }

    /// <summary>That group is shown as a grid, in this order.</summary>
    [SupplyParameterFromQuery(Name = "grid")]
    public string? Grid { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    /// <summary>A search; only what it finds is shown.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "critical")]
    public string? Critical { get; set; }

    [SupplyParameterFromQuery(Name = "mode")]
    public string? Mode { get; set; }

    [SupplyParameterFromQuery(Name = "groups")]
    public string? Groups { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    public string? Opened { get; set; }

    [SupplyParameterFromQuery(Name = "closed")]
    public string? Closed { get; set; }

    [SupplyParameterFromQuery(Name = "focus")]
    public string? Focus { get; set; }

    [SupplyParameterFromQuery(Name = "up")]
    public string? Up { get; set; }

    [SupplyParameterFromQuery(Name = "down")]
    public string? Down { get; set; }

    [SupplyParameterFromQuery(Name = "dir")]
    public string? Direction { get; set; }

    private GraphView View => GraphAddress.Read(Mode, Groups, Opened, Closed, Focus, Up, Down, Direction);
}
