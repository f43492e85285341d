using System.Text;
using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Pieces of a text that others take the place of. What is not among them stays as it is, to the last space.</summary>
internal sealed class TextEdits(string text)
{
    private const int LongestLine = 300;
    private const int Around = 100;

    private readonly SortedDictionary<int, (int End, string Now)> _edits = [];

    public int Count => _edits.Count;

    /// <param name="at">Touches no other edit.</param>
    public void Replace(TextSpan at, string now) => _edits[at.Start] = (at.End, now);

    public void Insert(int at, string now) => _edits[at] = (at, now);

    public string Apply() => Apply(0, text.Length);

    /// <summary>The lines that change, as they are and as they become.</summary>
    public IReadOnlyList<SpecLine> Lines()
    {
        var lines = new List<SpecLine>();
        int added = 0;
        foreach (var (start, end) in Blocks())
        {
            string[] before = text[start..end].Split('\n');
            string[] after = Apply(start, end).Split('\n');
            int head = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
            int tail = before.Reverse().Zip(after.Reverse()).Take(Math.Min(before.Length, after.Length) - head).TakeWhile(pair => pair.First == pair.Second).Count();
            int first = text.AsSpan(0, start).Count('\n') + 1;
            lines.AddRange(Shown(before, after, head, tail, first, isAdded: false));
            lines.AddRange(Shown(after, before, head, tail, first + added, isAdded: true));
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

    // Whole lines, those that touch taken together.
    private List<(int Start, int End)> Blocks()
    {
        var blocks = new List<(int Start, int End)>();
        foreach (var (at, (last, _)) in _edits)
        {
            int start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
            int end = text.IndexOf('\n', last) is >= 0 and var found ? found : text.Length;
            if (blocks.Count > 0 && start <= blocks[^1].End)
            {
                blocks[^1] = (blocks[^1].Start, Math.Max(end, blocks[^1].End));
            }
            else
            {
                blocks.Add((start, end));
            }
        }

        return blocks;
    }

    private string Apply(int start, int end)
    {
        var result = new StringBuilder();
        int next = start;
        foreach (var (at, (last, now)) in _edits.Where(edit => edit.Key >= start && edit.Value.End <= end))
        {
            result.Append(text, next, at - next).Append(now);
            next = last;
        }

        return result.Append(text, next, end - next).ToString();
    }
}
