namespace Torc.Web.Graph;

/// <summary>A line from one node to another.</summary>
/// <param name="From">A position in <see cref="GraphPicture.Nodes"/>, as is <paramref name="To"/>.</param>
/// <param name="Title">What it says in words.</param>
/// <param name="Path">SVG path data.</param>
public sealed record GraphEdge(int From, int To, GraphEdgeKind Kind, string Title, string Path)
{
    public bool IsOrderOnly => Kind == GraphEdgeKind.Order;
}
