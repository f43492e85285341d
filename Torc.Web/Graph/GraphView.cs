using System.Globalization;

namespace Torc.Web.Graph;

/// <summary>What of a workflow is drawn and how. All of it is in the address of the page.</summary>
/// <param name="Opened">The names of groups whose jobs are drawn, whatever <paramref name="Grouping"/> says.</param>
/// <param name="Closed">The names of groups that are drawn as one node.</param>
/// <param name="Focus">Null to draw the whole workflow.</param>
/// <param name="IsDownward">Whether it goes from top to bottom, and not from left to right.</param>
public sealed record GraphView(
    GraphLens Lens = GraphLens.Files,
    GraphGrouping Grouping = GraphGrouping.Auto,
    IReadOnlyList<string>? Opened = null,
    IReadOnlyList<string>? Closed = null,
    GraphFocus? Focus = null,
    bool IsDownward = false)
{
    public bool IsOpened(string group) => Opened?.Contains(group) == true;

    public bool IsClosed(string group) => Closed?.Contains(group) == true;

    /// <summary>Equal for views that are drawn alike.</summary>
    public string Key => string.Create(
        CultureInfo.InvariantCulture, $"{Lens} {Grouping} {IsDownward} {Focus} {string.Join('\n', Opened ?? [])}\r{string.Join('\n', Closed ?? [])}");
}
