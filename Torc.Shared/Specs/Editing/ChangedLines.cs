namespace Torc.Shared.Specs.Editing;

/// <summary>Shows what changes of a text set it apart from what it was, line by line.</summary>
internal static class ChangedLines
{
    private const int LongestLine = 300;
    private const int Around = 100;

    /// <summary>The lines that change, as they are and as they become.</summary>
    /// <param name="text">Before the changes.</param>
    public static IReadOnlyList<SpecLine> Of(string text, IReadOnlyList<TextChange> changes)
    {
        var lines = new List<SpecLine>();
        int added = 0;
        int counted = 0;
        int line = 1;
        foreach (var (start, end, inside) in Blocks(text, changes))
        {
            string[] before = text[start..end].Split('\n');
            string[] after = TextChanges.Apply(text[start..end], inside).Split('\n');
            int head = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
            int tail = before.Reverse().Zip(after.Reverse()).Take(Math.Min(before.Length, after.Length) - head).TakeWhile(pair => pair.First == pair.Second).Count();
            line += text.AsSpan(counted, start - counted).Count('\n');
            counted = start;
            lines.AddRange(Shown(before, after, head, tail, line, isAdded: false));
            lines.AddRange(Shown(after, before, head, tail, line + added, isAdded: true));
            added += after.Length - before.Length;
        }

        return lines;
    }

    private static IEnumerable<SpecLine> Shown(string[] lines, string[] others, int head, int tail, int first, bool isAdded) =>
        Enumerable.Range(head, lines.Length - tail - head).Select(line => new SpecLine(first + line, isAdded, Cut(lines[line], line < others.Length ? others[line] : "").TrimEnd('\r')));

    // A whole spec may stand on one line.
    private static string Cut(string line, string other)
    {
        if (line.Length <= LongestLine)
        {
            return line;
        }

        int from = Math.Max(0, line.AsSpan().CommonPrefixLength(other) - Around);
        int to = Math.Min(line.Length, from + LongestLine);
        return $"{(from > 0 ? "…" : "")}{line[from..to]}{(to < line.Length ? "…" : "")}";
    }

    // Whole lines, those that touch taken together, each with the changes inside it.
    private static List<(int Start, int End, List<TextChange> Inside)> Blocks(string text, IReadOnlyList<TextChange> changes)
    {
        var blocks = new List<(int Start, int End, List<TextChange> Inside)>();
        foreach (var change in changes)
        {
            int start = change.Start == 0 ? 0 : text.LastIndexOf('\n', change.Start - 1) + 1;
            int end = text.IndexOf('\n', change.End) is >= 0 and var found ? found : text.Length;
            if (blocks.Count > 0 && start <= blocks[^1].End)
            {
                blocks[^1] = blocks[^1] with { End = Math.Max(end, blocks[^1].End) };
            }
            else
            {
                blocks.Add((start, end, []));
            }

            int first = blocks[^1].Start;
            blocks[^1].Inside.Add(change with { Start = change.Start - first, End = change.End - first });
        }

        return blocks;
    }
}
