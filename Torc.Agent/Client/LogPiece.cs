namespace Torc.Agent.Client;

/// <summary>A part of a log, as the server answered it.</summary>
/// <param name="Offset">Of its first byte.</param>
/// <param name="TotalLength">Of the log, in bytes.</param>
/// <param name="FirstLine">The number of the line in which it begins, from 1; null if nobody counted.</param>
internal sealed record LogPiece(byte[] Content, long Offset, long TotalLength, long? FirstLine)
{
    public long End => Offset + Content.Length;
}
