namespace Torc.Web.Reruns;

/// <summary>Compares two short texts, such as commands, word by word.</summary>
public static class TextDiff
{
    /// <summary>Beyond this many pairs of words only the common beginning and end are found.</summary>
    private const int MostPairs = 250_000;

    /// <summary>All of both texts, in order; what was taken out comes before what came in for it.</summary>
    public static IReadOnlyList<DiffPart> Of(string before, string after)
    {
        string[] old = [.. Words(before)];
        string[] now = [.. Words(after)];
        int shorter = Math.Min(old.Length, now.Length);
        int start = Enumerable.Range(0, shorter).TakeWhile(word => old[word] == now[word]).Count();
        int end = Enumerable.Range(1, shorter - start).TakeWhile(word => old[^word] == now[^word]).Count();
        List<DiffPart> parts =
        [
            new(DiffSide.Both, string.Concat(old[..start])),
            .. Middle(old[start..^end], now[start..^end]),
            new(DiffSide.Both, string.Concat(old[^end..])),
        ];
        return Joined(parts);
    }

    private static IEnumerable<DiffPart> Middle(string[] old, string[] now)
    {
        int i = 0;
        int j = 0;
        if ((long)old.Length * now.Length <= MostPairs)
        {
            int[,] common = Common(old, now);
            while (i < old.Length && j < now.Length)
            {
                if (old[i] == now[j])
                {
                    yield return new DiffPart(DiffSide.Both, old[i++]);
                    j++;
                }
                else if (common[i + 1, j] >= common[i, j + 1])
                {
                    yield return new DiffPart(DiffSide.Before, old[i++]);
                }
                else
                {
                    yield return new DiffPart(DiffSide.After, now[j++]);
                }
            }
        }

        yield return new DiffPart(DiffSide.Before, string.Concat(old[i..]));
        yield return new DiffPart(DiffSide.After, string.Concat(now[j..]));
    }

    // How many words the rests of both texts have in common, from each place in them.
    private static int[,] Common(string[] old, string[] now)
    {
        int[,] common = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static List<DiffPart> Joined(List<DiffPart> parts)
    {
        var joined = new List<DiffPart>();
        foreach (var part in parts.Where(part => part.Text.Length > 0))
        {
            if (joined.Count > 0 && joined[^1].Side == part.Side)
            {
                joined[^1] = part with { Text = joined[^1].Text + part.Text };
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined;
    }

    // Words and the spaces between them, so that nothing is lost.
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || char.IsWhiteSpace(text[i]) != char.IsWhiteSpace(text[start]))
            {
                yield return text[start..i];
                start = i;
            }
        }
    }
}
