using System.Text;

namespace Torc.Shared.Specs.Patterns;

/// <summary>Letters that <c>(?i)</c> takes for each other: those that Unicode folds into one, letter by letter.</summary>
internal static class LetterCases
{
    private static readonly Lazy<IReadOnlyList<int[]>> Groups = new(Read);

    private static readonly Lazy<Dictionary<int, int[]>> ByLetter = new(() => Groups.Value.SelectMany(group => group.Select(letter => (letter, group))).ToDictionary());

    public static int Count => Groups.Value.Count;

    /// <summary>The set with all letters that differ from one of its own in case only.</summary>
    public static CodePoints Fold(CodePoints set)
    {
        if (set.Single is { } one)
        {
            return ByLetter.Value.TryGetValue(one, out int[]? letters) ? Of(letters) : set;
        }

        return CodePoints.Union([set, Of(Groups.Value.Where(group => group.Any(set.Contains)).SelectMany(group => group))]);
    }

    private static CodePoints Of(IEnumerable<int> letters) => CodePoints.Of([.. letters.Select(letter => (letter, letter))]);

    private static List<int[]> Read() =>
    [
        .. Enumerable.Range(0, CodePoints.Last + 1).Where(Rune.IsValid).GroupBy(Folded).Where(group => group.Skip(1).Any()).Select(group => group.ToArray()),
    ];

    // Up and down again, since σ and ς have one capital. The runtime leaves out those that lead into ASCII.
    private static int Folded(int character) => character switch
    {
        'ſ' => 's',
        '\u212A' => 'k',
        'İ' or 'ı' => character,
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(character))).Value,
    };
}
