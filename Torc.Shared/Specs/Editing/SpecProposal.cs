namespace Torc.Shared.Specs.Editing;

/// <summary>Something that may be written at a place of a text.</summary>
/// <param name="Label">What a list shows.</param>
/// <param name="Insert">What is written.</param>
/// <param name="Start">Where it begins to take the place of what stands there: in characters of the text, from 0.</param>
/// <param name="Detail">What it means; null if there is nothing to say.</param>
/// <param name="IsKey">Whether it is a key, and not a name or value.</param>
public sealed record SpecProposal(string Label, string Insert, int Start, string? Detail, bool IsKey);
