namespace Torc.Web.Data.Doctor;

/// <summary>Something that is always true of a sound database.</summary>
/// <param name="Number">Such as <c>I7</c>; one rule may have several queries.</param>
/// <param name="Sentence">What is true.</param>
/// <param name="Sql">
/// Finds what breaks it, one row for each place; its columns say where. Plain enough for every database: no quotes, no
/// limits, no text, and booleans are compared as numbers.
/// </param>
internal sealed record Invariant(string Number, string Sentence, string Sql);
