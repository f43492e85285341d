namespace Torc.Shared.Specs.Editing;

/// <param name="Index">Its place in its list, from 0.</param>
/// <param name="Copies">How many things parameters make of it; 1 without parameters.</param>
/// <param name="Line">Where it begins in the text, from 1.</param>
/// <param name="EndLine">The last line that has something of it.</param>
/// <param name="Text">Of a job its command, of others their path; null if there is none.</param>
/// <param name="Requirements">Of a job the class that it names; null if it names none.</param>
public sealed record SpecGraphNode(SpecThing Thing, int Index, int Copies, int Line, int EndLine, string? Text, string? Requirements);
