using System.Buffers;

namespace Torc.Shared.Logs;

/// <summary>Finds lines of a log by their numbers. Lines end with a line feed, and the last may lack it.</summary>
public static class LogLines
{
    private const int BlockBytes = 1 << 18;

    /// <summary>Finds where lines lie. They are of one part: those behind a gap are found from there on.</summary>
    /// <param name="fromLine">From 1. One that is left out stands for the first behind the gap.</param>
    /// <param name="lines">At most so many, at least 1.</param>
    /// <param name="mostBytes">Fewer lines if they have more; of a first line that is longer than all of this, the start.</param>
    /// <param name="goOn">Asked now and then.</param>
    /// <returns>Empty, at the end of the log, if it has not so many lines; null if it was told not to go on.</returns>
    public static LogRange? Find(ILogBytes log, long fromLine, int lines, int mostBytes, Func<bool> goOn)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var (end, line) = (0L, 1L);
            foreach (var part in log.Parts)
            {
                long? start = Skip(log, part, fromLine, block, goOn, out line);
                if (start is not { } found)
                {
                    return null;
                }

                end = part.End;
                if (found < part.End)
                {
                    return new LogRange(found, Measure(log, part, found, lines, mostBytes, block), line);
                }
            }

            return new LogRange(end, 0, line);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <returns>The number of the line in which an offset lies, which is not left out; null if it was told not to go on.</returns>
    /// <param name="goOn">Asked now and then.</param>
    public static long? NumberAt(ILogBytes log, long offset, Func<bool> goOn)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var part = log.Parts.LastOrDefault(part => part.Offset <= offset, new LogPart(0, 0, 1));
            long line = part.FirstLine;
            for (long at = part.Offset; at < offset;)
            {
                if (!goOn())
                {
                    return null;
                }

                int read = log.Read(at, block.AsSpan(0, (int)Math.Min(block.Length, offset - at)));
                if (read <= 0)
                {
                    break;
                }

                line += block.AsSpan(0, read).Count((byte)'\n');
                at += read;
            }

            return line;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <param name="line">The number of the line at the offset that is returned; at the end of the part, of the next one.</param>
    private static long? Skip(ILogBytes log, LogPart part, long fromLine, byte[] block, Func<bool> goOn, out long line)
    {
        line = part.FirstLine;
        long at = part.Offset;
        bool endsLine = true;
        while (line < fromLine && at < part.End)
        {
            if (!goOn())
            {
                return null;
            }

            int read = log.Read(at, block.AsSpan(0, (int)Math.Min(block.Length, part.End - at)));
            if (read <= 0)
            {
                break;
            }

            var bytes = block.AsSpan(0, read);
            int count = bytes.Count((byte)'\n');
            if (line + count < fromLine)
            {
                line += count;
                at += read;
                endsLine = bytes[^1] == (byte)'\n';
                continue;
            }

            int start = 0;
            for (; line < fromLine; line++)
            {
                start += bytes[start..].IndexOf((byte)'\n') + 1;
            }

            return at + start;
        }

        if (line < fromLine)
        {
            // What a last line without an end is followed by is the next one.
            line += endsLine ? 0 : 1;
            return part.End;
        }

        return at;
    }

    private static int Measure(ILogBytes log, LogPart part, long start, int lines, int mostBytes, byte[] block)
    {
        int length = 0;
        int whole = 0;
        int most = (int)Math.Min(mostBytes, part.End - start);
        while (length < most)
        {
            int read = log.Read(start + length, block.AsSpan(0, Math.Min(block.Length, most - length)));
            if (read <= 0)
            {
                return length;
            }

            var bytes = block.AsSpan(0, read);
            for (int at = 0; bytes[at..].IndexOf((byte)'\n') is >= 0 and var ending;)
            {
                at += ending + 1;
                whole = length + at;
                if (--lines == 0)
                {
                    return whole;
                }
            }

            length += read;
        }

        // All that is left is the last line; otherwise the last one was cut.
        return start + length == part.End || whole == 0 ? length : whole;
    }
}
