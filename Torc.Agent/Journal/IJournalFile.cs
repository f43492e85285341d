namespace Torc.Agent.Journal;

/// <summary>The file under a journal.</summary>
internal interface IJournalFile : IDisposable
{
    /// <returns>Nothing if there is no file.</returns>
    Task<byte[]> ReadAsync(CancellationToken cancel);

    /// <summary>Puts this in the place of all that was there, durably: after a crash there is the one or the other.</summary>
    /// <exception cref="IOException">It was not replaced.</exception>
    Task ReplaceAsync(ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <exception cref="IOException">Some of it may be there.</exception>
    void WriteAt(ReadOnlySpan<byte> content, long offset);

    /// <summary>Returns when what was written would survive a power failure.</summary>
    /// <exception cref="IOException">It may not.</exception>
    void Flush();
}
