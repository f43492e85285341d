using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Logs;

/// <summary>One log on its way out, in parts, as long as it was at the start.</summary>
internal sealed class LogCopy
{
    private readonly LogDesk _desk;
    private readonly AttemptId _attempt;
    private readonly LogStream _stream;
    private readonly LogReading _first;
    private readonly byte[] _note;
    private readonly long _start;

    private LogCopy(LogDesk desk, AttemptId attempt, LogStream stream, LogReading first, long start)
    {
        (_desk, _attempt, _stream, _first, _start) = (desk, attempt, stream, first, start);
        Gap = first.Gap is { } gap && gap.To > start ? gap : null;
        _note = Gap is null ? [] : Encoding.UTF8.GetBytes($"{Gap.Words}\n");
    }

    /// <summary>Why there is none, in words; null if there is one.</summary>
    public string? Missing => _first.Chunk.Missing;

    /// <summary>Of the log, in bytes.</summary>
    public long TotalLength => _first.Chunk.TotalLength;

    /// <summary>Of what is copied, in bytes, with the words about what was left out.</summary>
    public long Length => TotalLength - _start - (Gap is { } gap ? gap.To - Math.Max(gap.From, _start) : 0) + _note.Length;

    /// <summary>What is left out in the middle; null for nothing.</summary>
    public LogGap? Gap { get; }

    /// <param name="last">Copies at most so many bytes of its end; null for all.</param>
    public static async Task<LogCopy> OpenAsync(LogDesk desk, AttemptId attempt, LogStream stream, long? last, CancellationToken cancel)
    {
        var first = await desk.ReadAsync(attempt, stream, 0, LogDesk.MostBytes, cancel);
        long start = last is { } most ? Math.Max(0, first.Chunk.TotalLength - most) : 0;
        return new LogCopy(desk, attempt, stream, first, start);
    }

    /// <exception cref="IOException">The log cannot be read to its end any more.</exception>
    public async Task WriteAsync(Stream destination, CancellationToken cancel)
    {
        long position = _start;
        bool isNoted = Gap is null;
        while (position < TotalLength)
        {
            var reading = position == 0 ? _first : await _desk.ReadAsync(_attempt, _stream, position, (int)Math.Min(LogDesk.MostBytes, TotalLength - position), cancel);
            var chunk = reading.Chunk;
            if (!isNoted && chunk.Offset == Gap!.To)
            {
                await destination.WriteAsync(_note, cancel);
                isNoted = true;
            }
            else if (chunk.Offset != position || chunk.Content.Length == 0)
            {
                throw new IOException(chunk.Missing ?? "The log is not what it was any more.");
            }

            await destination.WriteAsync(chunk.Content, cancel);
            position = chunk.Offset + chunk.Content.Length;
        }
    }
}
