namespace Torc.Shared.Logs;

/// <summary>A part of a log that can be read.</summary>
/// <param name="Offset">Of its first byte in the whole log.</param>
/// <param name="Length">In bytes.</param>
/// <param name="FirstLine">The number, from 1, of the line in which it begins.</param>
public readonly record struct LogPart(long Offset, long Length, long FirstLine)
{
    public long End => Offset + Length;
}
