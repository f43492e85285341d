using Microsoft.AspNetCore.Components;

namespace Torc.Web.Shell;

/// <summary>A small drawing in the bar. What it means is written beside it.</summary>
public sealed partial class ShellIcon
{
    /// <summary>One of search, help and settings.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    // Strokes in a square of 20. The settings are three sliders.
    private string Lines => Name switch
    {
        "search" => "M8.5 3.5a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM12.2 12.2L17 17",
        "help" => "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15zM7.8 8a2.2 2.2 0 1 1 3.4 1.9c-.8.5-1.2.9-1.2 1.8M10 14.3v.1",
        _ => "M3 5.5h6.2M13.2 5.5H17M11.2 3.5a2 2 0 1 1 0 4a2 2 0 1 1 0-4zM3 14.5h2.2M9.2 14.5H17M7.2 12.5a2 2 0 1 1 0 4a2 2 0 1 1 0-4zM3 10h10.2M17 10h0M15 8.4v3.2",
    };
}
