namespace Torc.Shared.Graphs.Layout;

/// <summary>A drawing of a graph: all of it lies between 0 and <see cref="Width"/>, 0 and <see cref="Height"/>.</summary>
/// <param name="Boxes">One for each node, in the order of the nodes.</param>
/// <param name="Routes">
/// One for each edge, in the order of the edges: from the right side of one box to the left side of another. The points
/// between come in pairs, the two sides of a column that the edge passes on a level line.
/// </param>
public sealed record GraphLayout(
    IReadOnlyList<LayoutBox> Boxes,
    IReadOnlyList<IReadOnlyList<LayoutPoint>> Routes,
    double Width,
    double Height);
