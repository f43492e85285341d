namespace Torc.Shared.Texts;

/// <summary>A line of a text, or of two that are compared.</summary>
/// <param name="Number">In the text that has it, from 1.</param>
public readonly record struct TextLine(int Number, DiffSide Side, string Text);
