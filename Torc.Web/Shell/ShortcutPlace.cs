namespace Torc.Web.Shell;

/// <summary>Where a key works.</summary>
/// <param name="Name">As addresses and scripts write it.</param>
/// <param name="Selector">What the page has where it works; null for every page.</param>
public sealed record ShortcutPlace(string Name, string Heading, string? Selector)
{
    public static ShortcutPlace Everywhere { get; } = new("everywhere", "On every page", null);

    public static ShortcutPlace List { get; } = new("list", "In lists", "main tbody > tr, main [data-row]");

    public static ShortcutPlace Workflow { get; } = new("workflow", "On the pages of a workflow", ".torc-tabs");

    public static ShortcutPlace Graph { get; } = new("graph", "In the graph", ".torc-graph");

    public static ShortcutPlace Grid { get; } = new("grid", "In the grid of a group", ".torc-grid-area");

    public static ShortcutPlace Editor { get; } = new("editor", "In the editor", ".torc-editor");

    public static ShortcutPlace Log { get; } = new("log", "In a log", ".torc-log-view");

    public static ShortcutPlace Dialog { get; } = new("dialog", "In dialogs", null);

    /// <summary>In the order in which they are told.</summary>
    public static IReadOnlyList<ShortcutPlace> All { get; } = [Everywhere, List, Workflow, Graph, Grid, Editor, Log, Dialog];
}
