using System.Text;
using Torc.Shared.Contracts;

namespace Torc.Web.Logs;

/// <summary>Cuts parts of logs where lines and characters begin and end.</summary>
internal static class LogCut
{
    /// <summary>Leaves the last lines. A first line that may be cut is left out, unless it is the only one.</summary>
    public static LogChunk LastLines(LogChunk chunk, int lines)
    {
        var content = chunk.Content.AsSpan();
        int start = content.Length;
        for (int found = 0; start > 0 && found < lines; found++)
        {
            // The newline that ends the last line does not begin another one.
            int before = content[..(start - 1)].LastIndexOf((byte)'\n');
            if (before < 0)
            {
                start = chunk.Offset == 0 || found == 0 ? 0 : start;
                break;
            }

            start = before + 1;
        }

        return From(chunk, start);
    }

    /// <summary>Leaves whole lines, or everything if there is no whole one.</summary>
    /// <param name="chunk">Begins a byte before what was asked for, unless that is the start of the log.</param>
    public static LogChunk WholeLines(LogChunk chunk)
    {
        var content = chunk.Content.AsSpan();
        int start = chunk.Offset == 0 ? 0 : content.IndexOf((byte)'\n') + 1;
        int end = chunk.Offset + content.Length == chunk.TotalLength ? content.Length : content.LastIndexOf((byte)'\n') + 1;
        bool hasOne = end > start && (start > 0 || chunk.Offset == 0);
        return hasOne ? From(chunk with { Content = chunk.Content[..end] }, start) : From(chunk, chunk.Offset == 0 ? 0 : Math.Min(1, content.Length));
    }

    /// <returns>How many bytes there are before a last character that is not whole yet.</returns>
    public static int WholeCharacters(ReadOnlySpan<byte> text)
    {
        for (int back = 1; back <= Math.Min(3, text.Length); back++)
        {
            byte last = text[^back];
            if ((last & 0xc0) != 0x80)
            {
                return Rune.DecodeFromUtf8(text[^back..], out _, out _) == System.Buffers.OperationStatus.NeedMoreData ? text.Length - back : text.Length;
            }
        }

        return text.Length;
    }

    private static LogChunk From(LogChunk chunk, int start) => chunk with
    {
        Content = chunk.Content[start..],
        Offset = chunk.Offset + start,
        FirstLine = chunk.FirstLine + chunk.Content.AsSpan(0, start).Count((byte)'\n'),
    };
}
