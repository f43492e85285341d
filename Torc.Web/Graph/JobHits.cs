using Torc.Shared.Contracts;

namespace Torc.Web.Graph;

/// <summary>What a search found.</summary>
/// <param name="First">The first of them, as many as anybody reads.</param>
/// <param name="Positions">Of all of them.</param>
/// <param name="Selection">The same as a selection that finds nothing else.</param>
/// <param name="Problem">Why nothing could be searched for, in a sentence; null if it could.</param>
public sealed record JobHits(IReadOnlyList<JobView> First, IReadOnlyList<int> Positions, string Selection, string? Problem);
