using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;

namespace Torc.Web.Workflows;

/// <summary>In four numbers, how much of what the jobs of a workflow were given they used.</summary>
public sealed partial class ResourceTiles
{
    private ResourceTotals _totals = ResourceTotals.Of([]);

    [Parameter, EditorRequired]
    public IReadOnlyList<JobUseView> Jobs { get; set; } = [];

    protected override void OnParametersSet() => _totals = ResourceTotals.Of(Jobs);
}
