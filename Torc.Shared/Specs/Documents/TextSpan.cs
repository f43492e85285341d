namespace Torc.Shared.Specs.Documents;

/// <summary>A piece of a spec's text.</summary>
/// <param name="Start">In characters, from 0.</param>
/// <param name="End">One past the last character.</param>
internal readonly record struct TextSpan(int Start, int End);
