using Torc.Shared.Graphs.Layout;

namespace Torc.Web.Graph;

/// <summary>Something that is drawn, and where.</summary>
/// <param name="Position">Of a job, file or user data in the spec, or of a group among the workflow's groups; 0 for anything else.</param>
/// <param name="Label">The name, short enough to fit.</param>
/// <param name="Detail">A second line, short enough to fit; null for none.</param>
/// <param name="Title">All that there is to say of it in a line.</param>
/// <param name="Count">How many things the node stands for.</param>
public sealed record GraphNode(GraphNodeKind Kind, int Position, string Name, string Label, string? Detail, string Title, LayoutBox Box, int Count = 1);
