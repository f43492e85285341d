using Microsoft.AspNetCore.Components;

namespace Torc.Web.Shell;

/// <summary>A moment, shown in the browser's zone.</summary>
public sealed partial class Instant
{
    [Parameter, EditorRequired]
    public DateTimeOffset? At { get; set; }

    /// <summary>Whether it is told as "3 min ago", with the moment itself as tooltip.</summary>
    [Parameter]
    public bool Ago { get; set; }
}
