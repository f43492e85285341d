using System.Text.Json.Serialization;

namespace Torc.Shared.Specs.Documents;

/// <summary>One thing that a spec's author should know, and where.</summary>
/// <param name="Code">Stable, such as <c>TORC101</c>.</param>
/// <param name="Path">A JSON pointer to the value, such as <c>/jobs/2/command</c>; empty for the document.</param>
/// <param name="Line">From 1; null where the document has no place for it.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="EndColumn">One past the last character, on the same line.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Help">How to mend it; null if the message says it.</param>
public sealed record Diagnostic(
    string Code,
    Severity Severity,
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? EndColumn,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Help);
