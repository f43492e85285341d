namespace Torc.Shared.Logs;

/// <summary>A line of a log that was looked for.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Offset">Of its first byte.</param>
/// <param name="Text">Without its end, and at most 10,000 characters of it.</param>
public sealed record LogMatch(long Line, long Offset, string Text);
