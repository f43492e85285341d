using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of a job, by its name or its number: which of its attempts and what of it, so that a link gives the same view.</summary>
public sealed partial class JobPage
{
    [Parameter]
    public long Id { get; set; }

    [Parameter]
    public string Name { get; set; } = "";

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>From 1; null for the newest.</summary>
    [SupplyParameterFromQuery(Name = "attempt")]
    public int? Attempt { get; set; }

    [SupplyParameterFromQuery(Name = "stream")]
    public string? Stream { get; set; }
}
