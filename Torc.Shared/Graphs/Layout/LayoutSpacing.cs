namespace Torc.Shared.Graphs.Layout;

/// <summary>The least room between things.</summary>
/// <param name="Columns">Between the right side of one column and the left side of the next.</param>
/// <param name="Rows">Between two nodes of a column.</param>
public readonly record struct LayoutSpacing(double Columns, double Rows);
