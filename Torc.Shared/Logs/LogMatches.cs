namespace Torc.Shared.Logs;

/// <summary>What a search found.</summary>
/// <param name="Count">How many lines match, in all that was searched.</param>
/// <param name="Matches">The first of them from where it was asked for.</param>
/// <param name="HasMore">Whether more follow after the last of <paramref name="Matches"/>.</param>
/// <param name="FirstError">The first line that has a word in it which programs use when something went wrong; null if there is none.</param>
/// <param name="SearchedBytes">How much was searched.</param>
/// <param name="IsComplete">Whether that was the whole log.</param>
/// <param name="Note">Why not, in words; null if it was.</param>
public sealed record LogMatches(long Count, IReadOnlyList<LogMatch> Matches, bool HasMore, LogMatch? FirstError, long SearchedBytes, bool IsComplete, string? Note = null);
