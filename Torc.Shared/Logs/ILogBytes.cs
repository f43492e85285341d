namespace Torc.Shared.Logs;

/// <summary>The bytes of a log, wherever they lie: whole on its node, or with a part left out where it was kept.</summary>
public interface ILogBytes
{
    /// <summary>What there is of it, in order, with something missing between any two.</summary>
    IReadOnlyList<LogPart> Parts { get; }

    /// <summary>Reads from one part.</summary>
    /// <param name="offset">In the whole log.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    int Read(long offset, Span<byte> into);
}
