namespace Torc.Shared.Specs.Editing;

/// <summary>A line of a spec that an edit takes away or adds.</summary>
/// <param name="Line">Its number from 1, in the text that has it.</param>
/// <param name="Text">Without its line break; of a very long line what stands around the edit.</param>
public sealed record SpecLine(int Line, bool IsAdded, string Text);
