namespace Torc.Shared.Logs;

/// <param name="Offset">Of the first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="FirstLine">The number of the line that begins there, from 1.</param>
public readonly record struct LogRange(long Offset, int Length, long FirstLine);
