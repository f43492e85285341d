namespace Torc.Shared.Texts;

/// <summary>Compares two texts: short ones, such as commands, word by word, others by pieces such as lines.</summary>
public static class TextDiff
{
    /// <summary>Beyond this many pairs of words only the common beginning and end are found.</summary>
    private const int MostPairs = 250_000;

    /// <summary>All of both texts, in order; what was taken out comes before what came in for it.</summary>
    public static IReadOnlyList<DiffPart> Of(string before, string after) => Joined(Pieces([.. Words(before)], [.. Words(after)], MostPairs));

    /// <summary>The pieces of two texts, in order; what was taken out comes before what came in for it.</summary>
    /// <param name="mostPairs">Beyond this many pairs of pieces only the common beginning and end are found.</param>
    public static IEnumerable<DiffPart> Pieces(string[] old, string[] now, long mostPairs)
    {
        int shorter = Math.Min(old.Length, now.Length);
        int start = Enumerable.Range(0, shorter).TakeWhile(piece => old[piece] == now[piece]).Count();
        int end = Enumerable.Range(1, shorter - start).TakeWhile(piece => old[^piece] == now[^piece]).Count();
        return
        [
            .. now[..start].Select(piece => new DiffPart(DiffSide.Both, piece)),
            .. Middle(old[start..^end], now[start..^end], mostPairs),
            .. now[^end..].Select(piece => new DiffPart(DiffSide.Both, piece)),
        ];
    }

    private static IEnumerable<DiffPart> Middle(string[] old, string[] now, long mostPairs)
    {
        int i = 0;
        int j = 0;
        if ((long)old.Length * now.Length <= mostPairs)
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

        for (; i < old.Length; i++)
        {
            yield return new DiffPart(DiffSide.Before, old[i]);
        }

        for (; j < now.Length; j++)
        {
            yield return new DiffPart(DiffSide.After, now[j]);
        }
    }

    // How many pieces the rests of both texts have in common, from each place in them.
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

    private static List<DiffPart> Joined(IEnumerable<DiffPart> parts)
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
