using System.Text.Json.Serialization;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Contracts;

// What is null is written too: these documents have all their keys, so that programs need not ask which are there.

/// <summary>Dependencies in numbers, each counted once. Null when the graph cannot be built.</summary>
/// <param name="Explicit">Those that the user wrote, by name or by regular expression.</param>
/// <param name="Implicit">Those that only files or user data give.</param>
public sealed record EdgeCounts(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Explicit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Implicit);

/// <summary>What a spec would make, or why it makes nothing. Counted with all copies that parameters make; null when the graph cannot be built.</summary>
/// <param name="Depth">The number of levels.</param>
/// <param name="Roots">Jobs that nothing blocks.</param>
/// <param name="MissingInputs">Paths of input files that no job produces and that are not there.</param>
public sealed record SpecSummary(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Jobs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Files,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? UserData,
    EdgeCounts Edges,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Depth,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Roots,
    IReadOnlyList<string> MissingInputs,
    IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Of a spec that could not be read at all.</summary>
    public static SpecSummary Of(Diagnostic problem) => new(
        Name: null, Jobs: null, Files: null, UserData: null, new EdgeCounts(Explicit: null, Implicit: null), Depth: null, Roots: null, MissingInputs: [], [problem]);

    public static SpecSummary Of(SpecReading reading)
    {
        var counts = reading.Counts;
        return new SpecSummary(
            reading.Name, counts?.Jobs, counts?.Files, counts?.UserData, new EdgeCounts(counts?.ExplicitEdges, counts?.ImplicitEdges), counts?.Depth, counts?.Roots,
            reading.MissingInputs, reading.Problems);
    }
}
