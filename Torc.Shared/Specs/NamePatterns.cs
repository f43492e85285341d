using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Patterns;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>
/// Finds the names that regular expressions match, in time linear in the names whatever the expression is. An expression that
/// begins with <c>^</c> and plain letters is only compared with the names that begin so, and each expression only once.
/// </summary>
/// <param name="budget">Shared by all that look for names in a document.</param>
/// <param name="kind">For messages, such as <c>file</c>.</param>
internal sealed class NamePatterns(SpecProblems problems, PatternBudget budget, string kind, int count, Func<int, string> nameOf)
{
    private const string Special = @"\.[]{}()*+?|^$#&-~";

    private readonly Dictionary<string, (IReadOnlyList<int>? Positions, string? Refusal)> _found = [];
    private NameAlphabet? _alphabet;
    private int[]? _all;
    private int[]? _sorted;

    public string Kind => kind;

    /// <summary>Writes a text so that an expression matches just this text.</summary>
    public static string Escape(string text) => string.Concat(text.Select(character => Special.Contains(character) ? $"\\{character}" : character.ToString()));

    /// <summary>Finds everything whose name matches.</summary>
    /// <param name="source">Where the expression stands.</param>
    /// <returns>Positions, ascending; null, and a problem, if it is no regular expression.</returns>
    public IReadOnlyList<int>? Find(string pattern, TextTemplate source)
    {
        if (!_found.TryGetValue(pattern, out var found))
        {
            var positions = Search(pattern, source, out string? refusal);
            found = (positions, refusal);
            _found.Add(pattern, found);
        }

        if (found.Refusal is { } why)
        {
            problems.Error(
                DiagnosticCodes.BadPattern, source.Path.ToString(), source.At, $"the regular expression {Quoting.Quote(pattern)} {why}", "put \\ before a character that stands for itself");
        }

        return found.Positions;
    }

    private List<int>? Search(string pattern, TextTemplate source, out string? refusal)
    {
        refusal = null;
        if (pattern.Length > SpecLimits.PatternLength)
        {
            refusal = $"is longer than {Print(SpecLimits.PatternLength)} characters";
            return null;
        }

        if (budget.IsSpent)
        {
            return RefuseMore(source);
        }

        var alphabet = _alphabet ??= NameAlphabet.Of(Enumerable.Range(0, count).Select(nameOf));
        if (NamePattern.TryParse(pattern, alphabet.Letters, out refusal) is not { } expression)
        {
            return null;
        }

        var candidates = Candidates(expression.Start);
        if (!budget.TrySpendTests(candidates.Count))
        {
            return Refuse(
                source, $"regular expressions would be compared with more than {Print(SpecLimits.PatternTests)} names",
                "let them begin with ^ and the letters with which the names begin, or name things one by one");
        }

        if (!budget.TrySpend(expression.NeedsEngine ? expression.Cost : expression.Cost - pattern.Length, expression.NeedsEngine))
        {
            return RefuseMore(source);
        }

        if (expression.NeedsEngine && !expression.TryCompile(alphabet.Last))
        {
            refusal = "is too large";
            return null;
        }

        List<int> found = [.. candidates.Where(position => expression.IsMatch(nameOf(position)))];
        found.Sort();
        return found;
    }

    private List<int>? RefuseMore(TextTemplate source) => !problems.IsFirst(DiagnosticCodes.Limit, nameof(SpecLimits.Patterns))
        ? null
        : Refuse(
            source, $"there are more than {Print(SpecLimits.Patterns)} different regular expressions, or they have more than {Print(SpecLimits.PatternCharacters)} characters",
            "those that only say how a name begins or ends do not count, such as ^work_ or _1$");

    private List<int>? Refuse(TextTemplate source, string message, string help)
    {
        problems.Error(DiagnosticCodes.Limit, source.Path.ToString(), source.At, message, help);
        return null;
    }

    private static string Print(int limit) => limit.ToString("N0", CultureInfo.InvariantCulture);

    // The names that begin with the prefix; an empty one is the beginning of all, in their order.
    private ArraySegment<int> Candidates(string prefix)
    {
        if (prefix.Length == 0)
        {
            return _all ??= [.. Enumerable.Range(0, count)];
        }

        _sorted ??= [.. Enumerable.Range(0, count).OrderBy(nameOf, StringComparer.Ordinal)];
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(nameOf(_sorted[middle]), prefix) < 0 ? (middle + 1, high) : (low, middle);
        }

        int end = low;
        while (end < count && nameOf(_sorted[end]).StartsWith(prefix, StringComparison.Ordinal))
        {
            end++;
        }

        return new ArraySegment<int>(_sorted, low, end - low);
    }
}
