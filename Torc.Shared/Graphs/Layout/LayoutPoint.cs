namespace Torc.Shared.Graphs.Layout;

public readonly record struct LayoutPoint(double X, double Y);
