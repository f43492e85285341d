namespace Torc.Shared.Texts;

/// <summary>A piece of two texts that are compared.</summary>
public readonly record struct DiffPart(DiffSide Side, string Text);
