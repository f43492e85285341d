namespace Torc.Shared.Specs.Patterns;

/// <summary>A set of characters, as ascending ranges that do not touch. Halves of characters are in no set.</summary>
internal sealed class CodePoints
{
    public const int Last = 0x10FFFF;

    private const int FirstHalf = 0xD800;
    private const int LastHalf = 0xDFFF;

    private CodePoints(IReadOnlyList<(int From, int To)> ranges) => Ranges = ranges;

    public static CodePoints None { get; } = new([]);

    public static CodePoints All { get; } = Of((0, Last));

    public IReadOnlyList<(int From, int To)> Ranges { get; }

    /// <summary>The one character that the set has; null if it has more, or none.</summary>
    public int? Single => Ranges is [var (from, to)] && from == to ? from : null;

    public static CodePoints Of(params IReadOnlyCollection<(int From, int To)> ranges)
    {
        var merged = new List<(int From, int To)>(ranges.Count);
        foreach (var (from, to) in ranges.SelectMany(WithoutHalves).Order())
        {
            if (merged.Count > 0 && from <= merged[^1].To + 1)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, to));
            }
            else
            {
                merged.Add((from, to));
            }
        }

        return new CodePoints(merged);
    }

    /// <summary>Reads <c>41-5A 61-7A AA</c>.</summary>
    public static CodePoints Parse(string hexadecimal) => Of([.. hexadecimal.Split(' ').Select(range =>
    {
        string[] ends = range.Split('-');
        return (Convert.ToInt32(ends[0], 16), Convert.ToInt32(ends[^1], 16));
    })]);

    public static CodePoints Union(IEnumerable<CodePoints> sets) => Of([.. sets.Distinct().SelectMany(set => set.Ranges)]);

    public bool Contains(int character)
    {
        int low = 0;
        int high = Ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Ranges[middle].To < character ? (middle + 1, high) : (low, middle);
        }

        return low < Ranges.Count && Ranges[low].From <= character;
    }

    public CodePoints Complement()
    {
        var gaps = new List<(int From, int To)>();
        int next = 0;
        foreach (var (from, to) in Ranges)
        {
            if (from > next)
            {
                gaps.Add((next, from - 1));
            }

            next = to + 1;
        }

        return Of([.. gaps, .. next <= Last ? [(next, Last)] : Array.Empty<(int, int)>()]);
    }

    public CodePoints Intersect(CodePoints other)
    {
        var common = new List<(int From, int To)>();
        for (int mine = 0, theirs = 0; mine < Ranges.Count && theirs < other.Ranges.Count;)
        {
            int from = Math.Max(Ranges[mine].From, other.Ranges[theirs].From);
            int to = Math.Min(Ranges[mine].To, other.Ranges[theirs].To);
            if (from <= to)
            {
                common.Add((from, to));
            }

            (mine, theirs) = Ranges[mine].To < other.Ranges[theirs].To ? (mine + 1, theirs) : (mine, theirs + 1);
        }

        return Of(common);
    }

    public CodePoints Except(CodePoints other) => Intersect(other.Complement());

    private static IEnumerable<(int From, int To)> WithoutHalves((int From, int To) range)
    {
        if (range.To < FirstHalf || range.From > LastHalf)
        {
            yield return range;
            yield break;
        }

        if (range.From < FirstHalf)
        {
            yield return (range.From, FirstHalf - 1);
        }

        if (range.To > LastHalf)
        {
            yield return (LastHalf + 1, range.To);
        }
    }
}
