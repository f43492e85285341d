namespace Torc.Shared.Specs.Editing;

/// <summary>A piece of a text that another takes the place of.</summary>
/// <param name="Start">In characters of the text before the change, from 0.</param>
/// <param name="End">One past the last character; the start for what is only added.</param>
public readonly record struct TextChange(int Start, int End, string Now);
