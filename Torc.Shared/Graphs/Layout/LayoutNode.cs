namespace Torc.Shared.Graphs.Layout;

/// <summary>Something to be placed, of a known size, in the picture's units.</summary>
public readonly record struct LayoutNode(double Width, double Height);
