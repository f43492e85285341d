using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of the spec of a workflow: which version, and with which it is compared.</summary>
public sealed partial class SpecPage
{
    [Parameter]
    public long Id { get; set; }

    /// <summary>From 1; null for the newest.</summary>
    [SupplyParameterFromQuery(Name = "version")]
    public int? Version { get; set; }

    /// <summary>An older version; null for none.</summary>
    [SupplyParameterFromQuery(Name = "against")]
    public int? Against { get; set; }
}
