using Torc.Shared.Contracts;

namespace Torc.Agent.Client;

/// <summary>Compares two texts line by line.</summary>
internal static class LineDiff
{
    private const int Context = 3;
    private const char Same = ' ';

    /// <summary>Beyond this many pairs of lines only the common beginning and end are found.</summary>
    private const long MostPairs = 16_000_000;

    /// <returns>What differs, with three lines around it, in order; a line that was taken out comes before what came in for it.</returns>
    public static IReadOnlyList<DiffLine> Of(string before, string after)
    {
        var all = All(Lines(before), Lines(after));
        bool[] isNear = new bool[all.Count];
        for (int line = 0; line < all.Count; line++)
        {
            if (all[line].Kind != Same)
            {
                isNear.AsSpan(Math.Max(0, line - Context), Math.Min(all.Count, line + Context + 1) - Math.Max(0, line - Context)).Fill(true);
            }
        }

        return [.. all.Where((_, line) => isNear[line])];
    }

    private static List<DiffLine> All(string[] before, string[] after)
    {
        int shorter = Math.Min(before.Length, after.Length);
        int start = Enumerable.Range(0, shorter).TakeWhile(line => before[line] == after[line]).Count();
        int end = Enumerable.Range(1, shorter - start).TakeWhile(line => before[^line] == after[^line]).Count();
        return
        [
            .. before[..start].Select(line => new DiffLine(Same, line)),
            .. Middle(before[start..^end], after[start..^end]),
            .. before[^end..].Select(line => new DiffLine(Same, line)),
        ];
    }

    private static IEnumerable<DiffLine> Middle(string[] before, string[] after)
    {
        int i = 0;
        int j = 0;
        if ((long)before.Length * after.Length <= MostPairs)
        {
            int[,] common = Common(before, after);
            while (i < before.Length && j < after.Length)
            {
                if (before[i] == after[j])
                {
                    yield return new DiffLine(Same, before[i++]);
                    j++;
                }
                else if (common[i + 1, j] >= common[i, j + 1])
                {
                    yield return new DiffLine('-', before[i++]);
                }
                else
                {
                    yield return new DiffLine('+', after[j++]);
                }
            }
        }

        foreach (string line in before[i..])
        {
            yield return new DiffLine('-', line);
        }

        foreach (string line in after[j..])
        {
            yield return new DiffLine('+', line);
        }
    }

    // How many lines the rests of both texts have in common, from each place in them.
    private static int[,] Common(string[] before, string[] after)
    {
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static string[] Lines(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
