using Microsoft.AspNetCore.Components;

namespace Torc.Web.Events;

/// <summary>The address of the events of a workflow: which of them.</summary>
public sealed partial class EventsPage
{
    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    public string? Type { get; set; }

    [SupplyParameterFromQuery(Name = "job")]
    public string? Job { get; set; }

    [SupplyParameterFromQuery(Name = "data")]
    public string? Data { get; set; }
}
