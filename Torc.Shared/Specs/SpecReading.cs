using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>What became of a spec's text.</summary>
/// <param name="Definition">Null if any of the problems is an error.</param>
/// <param name="Problems">In the order of the document.</param>
public sealed record SpecReading(WorkflowDefinition? Definition, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Null exactly if the definition is.</summary>
    public SpecCounts? Counts { get; init; }
}
