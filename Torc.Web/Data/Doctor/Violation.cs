namespace Torc.Web.Data.Doctor;

/// <summary>A rule that a database breaks.</summary>
/// <param name="Invariant">The rule's number.</param>
/// <param name="Sentence">What should be true.</param>
/// <param name="Count">In how many places it is not.</param>
/// <param name="Places">The first of them, such as <c>job_id=3 attempt=1</c>.</param>
internal sealed record Violation(string Invariant, string Sentence, long Count, IReadOnlyList<string> Places);
