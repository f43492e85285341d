using Microsoft.AspNetCore.Components;

namespace Torc.Web.Workflows;

/// <summary>The address of what the jobs of a workflow ask for and use.</summary>
public sealed partial class ResourcesPage
{
    [Parameter]
    public long Id { get; set; }
}
