namespace Torc.Web.Shell;

/// <summary>A key, or some one after the other, and what they do.</summary>
/// <param name="Keys">As they are pressed: <c>?</c>; <c>Ctrl+K</c> for both at once; <c>g h</c> for one after the other.</param>
/// <param name="Action">What <c>js/keys.js</c> calls it; null where what has the focus knows the key itself.</param>
/// <param name="OtherKeys">Other keys for the same.</param>
public sealed record Shortcut(ShortcutPlace Place, string Keys, string Words, string? Action, params string[] OtherKeys)
{
    /// <summary>All keys of Torc: the script that hears them, the sheet, the help page and docs/pages.md have this list.</summary>
    public static IReadOnlyList<Shortcut> All { get; } =
    [
        new(ShortcutPlace.Everywhere, "Ctrl+K", "Go to a workflow, job, node or page, or do what the page offers", "palette"),
        new(ShortcutPlace.Everywhere, "?", "Show the keys of this page", "shortcuts"),
        new(ShortcutPlace.Everywhere, "g h", "Go to Home", "go-home"),
        new(ShortcutPlace.Everywhere, "g w", "Go to the workflows", "go-workflows"),
        new(ShortcutPlace.Everywhere, "g n", "Go to the nodes", "go-nodes"),
        new(ShortcutPlace.Everywhere, "g a", "Go to the activity", "go-activity"),
        new(ShortcutPlace.List, "j", "Go to the next row", "next-row"),
        new(ShortcutPlace.List, "k", "Go to the row before", "previous-row"),
        new(ShortcutPlace.List, "Enter", "Open the row", null),
        new(ShortcutPlace.Workflow, "[", "Go to the tab before", "previous-tab"),
        new(ShortcutPlace.Workflow, "]", "Go to the next tab", "next-tab"),
        new(ShortcutPlace.Workflow, "r", "Show what would run again", "rerun"),
        new(ShortcutPlace.Graph, "/", "Search the jobs", "search"),
        new(ShortcutPlace.Graph, "Tab", "Go to the next job", null),
        new(ShortcutPlace.Graph, "Enter", "Select the job", null),
        new(ShortcutPlace.Graph, "Arrows", "Move the graph", null),
        new(ShortcutPlace.Graph, "+", "Draw it larger or smaller", null, "-"),
        new(ShortcutPlace.Graph, "1", "Show all of it", null),
        new(ShortcutPlace.Grid, "Arrows", "Go from cell to cell", null),
        new(ShortcutPlace.Grid, "Home", "Go to the first or the last cell", null, "End"),
        new(ShortcutPlace.Grid, "Enter", "Select its job", null),
        new(ShortcutPlace.Editor, "j", "Add a job", "editor-job"),
        new(ShortcutPlace.Editor, "f", "Add a file", "editor-file"),
        new(ShortcutPlace.Editor, "d", "Add user data", "editor-data"),
        new(ShortcutPlace.Editor, "/", "Add something by its name, and say what it is", "editor-any"),
        new(ShortcutPlace.Editor, "Tab", "Go to the next thing", null),
        new(ShortcutPlace.Editor, "Arrows", "Go along the lines; with Shift, move what is selected", null),
        new(ShortcutPlace.Editor, "c", "Connect: choose the other end, then Enter", null),
        new(ShortcutPlace.Editor, "Enter", "Change the name", null),
        new(ShortcutPlace.Editor, "Space", "Go to the properties", null),
        new(ShortcutPlace.Editor, "Delete", "Take away what is selected", "editor-delete"),
        new(ShortcutPlace.Editor, "Ctrl+A", "Select everything", "editor-all"),
        new(ShortcutPlace.Editor, "Ctrl+C", "Copy what is selected, as JSON; Ctrl+V pastes it here, in another tab or in a text", null, "Ctrl+X"),
        new(ShortcutPlace.Editor, "Ctrl+D", "Duplicate what is selected", "editor-duplicate"),
        new(ShortcutPlace.Editor, "Ctrl+F", "Find a thing on the canvas", "find-drawn"),
        new(ShortcutPlace.Editor, "Ctrl+Z", "Undo", "editor-undo"),
        new(ShortcutPlace.Editor, "Ctrl+Y", "Redo", "editor-redo", "Ctrl+Shift+Z"),
        new(ShortcutPlace.Editor, "Ctrl+S", "Save a version", "editor-save"),
        new(ShortcutPlace.Editor, "Ctrl+Enter", "Save and run", "confirm"),
        new(ShortcutPlace.Editor, "l", "Put everything in layers, or what is selected", "editor-layout"),
        new(ShortcutPlace.Editor, "+", "Draw it larger or smaller", null, "-"),
        new(ShortcutPlace.Editor, "1", "Show all of it", null),
        new(ShortcutPlace.Log, "/", "Search the log", "search"),
        new(ShortcutPlace.Log, "Ctrl+F", "Search all of the log, of which the page holds a part", "search-log"),
        new(ShortcutPlace.Log, "Home", "Go to its first or last line", null, "End"),
        new(ShortcutPlace.Dialog, "Ctrl+Enter", "Do what the main button does", "confirm"),
        new(ShortcutPlace.Dialog, "Esc", "Close it", null),
    ];

    public IEnumerable<string> AllKeys => [Keys, .. OtherKeys];
}
