namespace Torc.Shared.Specs.Editing;

/// <summary>One step of a history.</summary>
/// <param name="Title">For people, such as <c>Add job work1</c>.</param>
/// <param name="Field">What is typed into: steps in one field that follow each other closely are one. Null for a step of its own.</param>
/// <param name="At">When it was last added to.</param>
/// <param name="Changes">Of a step that was done, what undoes it; of one that was undone, what does it again.</param>
/// <param name="Moves">The same for the places of things, by their keys; null if nothing was moved.</param>
/// <param name="FileName">The same for the name of the file; null if it stays.</param>
public sealed record SpecStep(string Title, string? Field, DateTimeOffset At, IReadOnlyList<TextChange> Changes, IReadOnlyDictionary<string, SpecPlace?>? Moves = null, string? FileName = null);
