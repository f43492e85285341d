using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of what the jobs of a workflow ask for and use.</summary>
public sealed partial class ResourcesPage
{
    [Parameter]
    public long Id { get; set; }

    /// <summary>The class whose jobs are shown; empty for those that name none, null for all.</summary>
    [SupplyParameterFromQuery(Name = "class")]
    public string? Class { get; set; }

    /// <summary>What the chart is about: memory, time or cpus.</summary>
    [SupplyParameterFromQuery(Name = "metric")]
    public string? Metric { get; set; }
}
