using Torc.Shared.Graphs.Layout;

namespace Torc.Web.Graph;

/// <summary>A job, a file or user data, where it is drawn.</summary>
/// <param name="Position">Its place in the spec, among those of its kind.</param>
/// <param name="Label">The name, short enough to fit.</param>
/// <param name="Detail">A second line, short enough to fit; null for none.</param>
/// <param name="Title">Name and path in full.</param>
public sealed record GraphNode(GraphNodeKind Kind, int Position, string Name, string Label, string? Detail, string Title, LayoutBox Box);
