namespace Torc.Web.Logs;

/// <summary>What is left out of a log that the server kept.</summary>
/// <param name="From">The offset of the first byte that is left out.</param>
/// <param name="To">The offset of the first byte behind it.</param>
/// <param name="Words">A line that stands in its place.</param>
internal sealed record LogGap(long From, long To, string Words);
