using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

/// <summary>Guesses what was meant by a word that is not known.</summary>
public sealed class Suggestions
{
    private const int MaxDistance = 2;

    // A spec with a hundred thousand wrong names gets its first guesses and no more: each costs a look at all right names.
    private int _comparisons = 4_000_000;

    /// <returns>A help text such as <c>did you mean "command"?</c>; null if nothing is near.</returns>
    public string? Help(string word, IEnumerable<string> known) => Closest(word, known) is { } near ? $"did you mean {Quoting.Quote(near)}?" : null;

    private string? Closest(string word, IEnumerable<string> known)
    {
        // Two mistakes in a word of three letters leave nothing of it.
        int allowed = Math.Min(MaxDistance, word.Length / 2);
        string? closest = null;
        foreach (string candidate in known)
        {
            if (--_comparisons < 0)
            {
                break;
            }

            int distance = Distance(word, candidate, allowed);
            if (distance <= allowed)
            {
                (closest, allowed) = (candidate, distance - 1);
            }
        }

        return closest;
    }

    /// <summary>
    /// Counts the letters to insert, drop, replace or swap with their neighbor (Damerau and Levenshtein, optimal string
    /// alignment), as far as it is interesting; letter case costs nothing by itself.
    /// </summary>
    /// <returns>More than <paramref name="limit"/> if the words are further apart than that.</returns>
    internal static int Distance(string left, string right, int limit)
    {
        if (limit < 0 || Math.Abs(left.Length - right.Length) > limit || left.Length > SpecLimits.NameBytes)
        {
            return limit + 1;
        }

        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        for (int row = 1; row <= left.Length; row++)
        {
            int[] current = new int[right.Length + 1];
            Array.Fill(current, limit + 1);
            current[0] = row;
            int least = row;
            for (int column = Math.Max(1, row - limit); column <= Math.Min(right.Length, row + limit); column++)
            {
                int replaced = last[column - 1] + (Same(left[row - 1], right[column - 1]) ? 0 : 1);
                int cost = Math.Min(replaced, Math.Min(last[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                {
                    cost = Math.Min(cost, beforeLast[column - 2] + 1);
                }

                current[column] = cost;
                least = Math.Min(least, cost);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            (beforeLast, last) = (last, current);
        }

        return last[^1];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
