using System.Text;
using Torc.Shared.Logs;

namespace Torc.Tests.Logs;

/// <summary>A log in memory, with or without a gap, which is read in small pieces.</summary>
internal sealed class MemoryLog(byte[] content, params LogPart[] parts) : ILogBytes
{
    private const int PieceBytes = 1000;

    public MemoryLog(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public IReadOnlyList<LogPart> Parts { get; } = parts.Length > 0 ? parts : [new LogPart(0, content.Length, 1)];

    public int Read(long offset, Span<byte> into)
    {
        int count = Math.Min(Math.Min(into.Length, PieceBytes), content.Length - (int)offset);
        content.AsSpan((int)offset, count).CopyTo(into);
        return count;
    }
}
