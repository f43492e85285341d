namespace Torc.Web.Graph;

/// <summary>A line from one node to another.</summary>
/// <param name="From">A position in <see cref="GraphPicture.Nodes"/>, as is <paramref name="To"/>.</param>
/// <param name="IsOrderOnly">Whether the spec says so itself: no file and no user data goes this way.</param>
/// <param name="Path">SVG path data.</param>
public sealed record GraphEdge(int From, int To, bool IsOrderOnly, string Path);
