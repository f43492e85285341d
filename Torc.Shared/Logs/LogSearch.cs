using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Torc.Shared.Logs;

/// <summary>
/// Searches a log line by line, whatever its size, with little memory. Of a line longer than 1 MiB each MiB is looked at by itself.
/// </summary>
public sealed class LogSearch
{
    /// <summary>So much of a line is answered, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>So many lines are answered at once.</summary>
    public const int MostMatches = 1_000;

    /// <summary>Of all lines that are answered at once, in characters: as JSON, each may take six bytes.</summary>
    private const int MostText = 200_000;

    private const int BlockBytes = 1 << 20;

    /// <summary>What programs write when something went wrong, as they spell it.</summary>
    private static readonly byte[][] ErrorWords =
    [
        .. new[]
        {
            "Traceback", "Error", "ERROR", "error:", "Exception", "FATAL", "Fatal", "fatal", "CRITICAL", "panic:", "Killed", "Segmentation fault", "Out of memory",
            "out of memory", "No such file or directory", "command not found", "Permission denied",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private readonly LogPattern _pattern;
    private readonly long _fromLine;
    private readonly int _limit;
    private readonly List<LogMatch> _matches = [];
    private int _textLeft = MostText;
    private long _count;
    private bool _hasMore;
    private LogMatch? _firstError;

    /// <summary>Where the next block begins: its line, where that began, and whether it was counted already.</summary>
    private long _line;
    private long _lineOffset;
    private long _offset;
    private bool _isCounted;

    private LogSearch(LogPattern pattern, long fromLine, int limit) => (_pattern, _fromLine, _limit) = (pattern, fromLine, limit);

    /// <param name="fromLine">Matches are answered from here on, and counted everywhere.</param>
    /// <param name="limit">How many are answered at most.</param>
    /// <param name="goOn">Asked now and then.</param>
    public static LogMatches Run(ILogBytes log, LogPattern pattern, long fromLine, int limit, Func<bool> goOn)
    {
        var search = new LogSearch(pattern, fromLine, Math.Clamp(limit, 0, MostMatches));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        long searched = 0;
        string? note = null;
        try
        {
            foreach (var part in log.Parts)
            {
                long read = search.Read(log, part, buffer, goOn);
                searched += read;
                if (read < part.Length)
                {
                    note = "The log is long, and was searched only so far in the time that a search may take.";
                    break;
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            note = $"The search ended at line {search._line} or a little later, since the pattern takes too long there.";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new LogMatches(search._count, search._matches, search._hasMore, search._firstError, searched, note is null, note);
    }

    /// <returns>How many bytes of the part were searched.</returns>
    private long Read(ILogBytes log, LogPart part, byte[] buffer, Func<bool> goOn)
    {
        (_line, _lineOffset, _offset, _isCounted) = (part.FirstLine, part.Offset, part.Offset, false);
        long at = part.Offset;
        int held = 0;
        while (at < part.End)
        {
            int read = goOn() ? log.Read(at, buffer.AsSpan(held, (int)Math.Min(buffer.Length - held, part.End - at))) : 0;
            if (read <= 0)
            {
                break;
            }

            at += read;
            held += read;
            int whole = buffer.AsSpan(0, held).LastIndexOf((byte)'\n') + 1;
            if (at == part.End || (whole == 0 && held == buffer.Length))
            {
                whole = held;
            }

            Take(buffer.AsSpan(0, whole));
            buffer.AsSpan(whole, held - whole).CopyTo(buffer);
            held -= whole;
        }

        return at - part.Offset - held;
    }

    /// <summary>Takes whole lines, or a piece of one line.</summary>
    private void Take(ReadOnlySpan<byte> block)
    {
        if (_firstError is null)
        {
            FindError(block);
        }

        if (_pattern.Literal is { } literal)
        {
            FindText(block, literal.Span);
        }
        else
        {
            FindLines(block);
        }

        int lastEnd = block.LastIndexOf((byte)'\n');
        if (lastEnd >= 0)
        {
            _line += block.Count((byte)'\n');
            _lineOffset = _offset + lastEnd + 1;
            _isCounted = false;
        }

        _offset += block.Length;
    }

    private void FindError(ReadOnlySpan<byte> block)
    {
        int first = block.Length;
        foreach (byte[] word in ErrorWords)
        {
            if (block[..Math.Min(block.Length, first + word.Length)].IndexOf(word) is >= 0 and var hit)
            {
                first = Math.Min(first, hit);
            }
        }

        if (first < block.Length)
        {
            var before = block[..first];
            int start = before.LastIndexOf((byte)'\n') + 1;
            _firstError = new LogMatch(_line + before.Count((byte)'\n'), start == 0 ? _lineOffset : _offset + start, TextOf(LineAt(block, start)));
        }
    }

    private void FindText(ReadOnlySpan<byte> block, ReadOnlySpan<byte> text)
    {
        long line = _line;
        for (int at = 0; at < block.Length && block[at..].IndexOf(text) is >= 0 and var distance;)
        {
            var before = block.Slice(at, distance);
            int start = at + before.LastIndexOf((byte)'\n') + 1;
            line += before.Count((byte)'\n');
            var found = LineAt(block, start);
            Add(line, start, found);
            at = start + found.Length + 1;
            line++;
        }
    }

    private void FindLines(ReadOnlySpan<byte> block)
    {
        char[] letters = ArrayPool<char>.Shared.Rent(block.Length);
        try
        {
            long line = _line;
            for (int start = 0; start < block.Length; line++)
            {
                var bytes = LineAt(block, start);
                int count = Encoding.UTF8.GetChars(bytes, letters);
                if (_pattern.IsIn(letters.AsSpan(0, count).TrimEnd('\r')))
                {
                    Add(line, start, bytes);
                }

                start += bytes.Length + 1;
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    /// <param name="start">Where the line begins in the block; 0 may be in its middle.</param>
    private void Add(long line, int start, ReadOnlySpan<byte> bytes)
    {
        if (start == 0 && _isCounted)
        {
            return;
        }

        _isCounted |= start == 0;
        _count++;
        if (line < _fromLine || _hasMore)
        {
            return;
        }

        if (_matches.Count == _limit || _textLeft <= 0)
        {
            _hasMore = true;
            return;
        }

        string text = TextOf(bytes);
        _textLeft -= text.Length;
        _matches.Add(new LogMatch(line, start == 0 ? _lineOffset : _offset + start, text));
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> block, int start) =>
        block[start..].IndexOf((byte)'\n') is >= 0 and var length ? block.Slice(start, length) : block[start..];

    private static string TextOf(ReadOnlySpan<byte> line)
    {
        if (line is [.. var text, (byte)'\r'])
        {
            line = text;
        }

        // No character takes more than four bytes.
        string decoded = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestText * 4)]);
        return decoded.Length <= LongestText ? decoded : decoded[..(char.IsHighSurrogate(decoded[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }
}
