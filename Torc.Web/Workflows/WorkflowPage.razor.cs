using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of a workflow: which one, what is selected and how it is shown, so that a link gives the same view.</summary>
public sealed partial class WorkflowPage
{
    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "job")]
    public string? Job { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }
}
