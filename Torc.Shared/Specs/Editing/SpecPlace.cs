namespace Torc.Shared.Specs.Editing;

/// <summary>Where the left upper corner of a node lies on a canvas, in its own units: x to the right, y downwards.</summary>
public readonly record struct SpecPlace(double X, double Y);
