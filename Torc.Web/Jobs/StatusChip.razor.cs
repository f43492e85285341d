using Microsoft.AspNetCore.Components;

namespace Torc.Web.Jobs;

/// <summary>A status as icon and word.</summary>
public sealed partial class StatusChip
{
    [Parameter, EditorRequired]
    public StatusLook Look { get; set; } = null!;
}
