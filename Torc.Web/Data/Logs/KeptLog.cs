using Microsoft.Win32.SafeHandles;
using Torc.Shared.Logs;

namespace Torc.Web.Data.Logs;

/// <summary>What the server kept of a log.</summary>
internal sealed class KeptLog : ILogBytes, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _start;

    private KeptLog(SafeFileHandle file, KeptHead head, int start)
    {
        _file = file;
        _start = start;
        TotalLength = head.TotalLength;
        long tail = RandomAccess.GetLength(file) - start - head.HeadLength;
        Parts = head.HeadLength + tail == head.TotalLength
            ? [new LogPart(0, head.TotalLength, 1)]
            : [new LogPart(0, head.HeadLength, 1), new LogPart(head.TotalLength - tail, tail, head.TailLine)];
    }

    /// <summary>Of the log on its node, in bytes.</summary>
    public long TotalLength { get; }

    public IReadOnlyList<LogPart> Parts { get; }

    /// <summary>What was left out between the start and the end; null if nothing was.</summary>
    public (long From, long To)? Gap => Parts is [var head, var tail] ? (head.End, tail.Offset) : null;

    /// <returns>Null if there is none, or none that can be read.</returns>
    public static KeptLog? TryOpen(string path)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path);
            Span<byte> bytes = stackalloc byte[KeptHead.Longest];
            int read = RandomAccess.Read(file, bytes, 0);
            int end = bytes[..read].IndexOf((byte)'\n');
            if (end > 0 && KeptHead.Parse(bytes[..end]) is { } head)
            {
                var log = new KeptLog(file, head, end + 1);
                file = null;
                return log;
            }

            return null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    public int Read(long offset, Span<byte> into)
    {
        var part = Parts.First(part => offset < part.End || part.End == TotalLength);
        long within = Math.Max(offset, part.Offset) - part.Offset;
        int most = (int)Math.Min(into.Length, Math.Max(0, part.Length - within));
        long before = part.Offset == 0 ? 0 : Parts[0].Length;
        return RandomAccess.Read(_file, into[..most], _start + before + within);
    }

    public void Dispose() => _file.Dispose();
}
