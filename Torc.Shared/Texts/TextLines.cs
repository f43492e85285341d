namespace Torc.Shared.Texts;

/// <summary>The lines of a text, and how they differ from those of another.</summary>
public static class TextLines
{
    private const long MostPairs = 4_000_000;

    public static IReadOnlyList<TextLine> Of(string text) => [.. Split(text).Select((line, index) => new TextLine(index + 1, DiffSide.Both, line))];

    /// <summary>All lines of both texts, in order; what was taken out comes before what came in for it.</summary>
    public static IReadOnlyList<TextLine> Compare(string before, string after)
    {
        int old = 0;
        int now = 0;
        var lines = new List<TextLine>();
        foreach (var (side, text) in TextDiff.Pieces(Split(before), Split(after), MostPairs))
        {
            old += side == DiffSide.After ? 0 : 1;
            now += side == DiffSide.Before ? 0 : 1;
            lines.Add(new TextLine(side == DiffSide.Before ? old : now, side, text));
        }

        return lines;
    }

    /// <summary>The lines that differ, with some around them that do not; where something is left out, another piece begins.</summary>
    public static IReadOnlyList<IReadOnlyList<TextLine>> Changed(IReadOnlyList<TextLine> lines, int around)
    {
        var pieces = new List<List<TextLine>>();
        int next = 0;
        foreach (int changed in Enumerable.Range(0, lines.Count).Where(index => lines[index].Side != DiffSide.Both))
        {
            int from = Math.Max(next, changed - around);
            int end = Math.Min(lines.Count, changed + around + 1);
            if (pieces.Count == 0 || from > next)
            {
                pieces.Add([]);
            }

            pieces[^1].AddRange(lines.Skip(from).Take(end - from));
            next = end;
        }

        return pieces;
    }

    private static string[] Split(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines is [.., ""] ? lines[..^1] : lines;
    }
}
