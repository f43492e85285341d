using Microsoft.AspNetCore.Components;

namespace Torc.Web.Jobs;

/// <summary>A status as a small picture, in a page or inside a drawing.</summary>
public sealed partial class StatusIcon
{
    [Parameter, EditorRequired]
    public StatusLook Look { get; set; } = null!;

    /// <summary>Where it stands inside a drawing; in a page, nothing.</summary>
    [Parameter]
    public string? X { get; set; }

    [Parameter]
    public string? Y { get; set; }
}
