using Microsoft.AspNetCore.Components;

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
}
