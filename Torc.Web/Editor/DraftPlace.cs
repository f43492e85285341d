namespace Torc.Web.Editor;

/// <summary>Where a node lies on the canvas, in its own units.</summary>
public readonly record struct DraftPlace(double X, double Y);
