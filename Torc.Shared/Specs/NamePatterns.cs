using System.Globalization;
using System.Text.RegularExpressions;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>
/// Finds the names that regular expressions match, in time linear in the names whatever the expression is. An expression that
/// begins with <c>^</c> and plain letters is only compared with the names that begin so, and each expression only once.
/// </summary>
/// <param name="kind">For messages, such as <c>file</c>.</param>
internal sealed class NamePatterns(SpecProblems problems, string kind, int count, Func<int, string> nameOf)
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const string Special = @"\.[]{}()*+?|^$";

    private readonly Dictionary<string, (IReadOnlyList<int>? Positions, string? Refusal)> _found = [];
    private int[]? _all;
    private int[]? _sorted;
    private int _tests;

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
        var (prefix, isWhole) = PlainStart(pattern);
        var candidates = Candidates(prefix);
        if (isWhole)
        {
            return [.. candidates.Where(position => nameOf(position).Length == prefix.Length)];
        }

        if (candidates.Count > SpecLimits.PatternTests - _tests)
        {
            problems.Error(
                DiagnosticCodes.Limit, source.Path.ToString(), source.At,
                $"regular expressions would be compared with more than {SpecLimits.PatternTests.ToString("N0", CultureInfo.InvariantCulture)} names",
                "let them begin with ^ and the letters with which the names begin, or name things one by one");
            return null;
        }

        _tests += candidates.Count;
        if (TryCompile(pattern, out refusal) is not { } expression)
        {
            return null;
        }

        List<int> found = [.. candidates.Where(position => expression.IsMatch(nameOf(position)))];
        found.Sort();
        return found;
    }

    private static Regex? TryCompile(string pattern, out string? refusal)
    {
        refusal = null;
        // Other programs write a group's name as (?P<name>…).
        string known = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
        try
        {
            return new Regex(known, Linear);
        }
        catch (RegexParseException mistake)
        {
            refusal = $"cannot be read (character {mistake.Offset + 1})";
        }
        catch (NotSupportedException)
        {
            refusal = "looks ahead, looks back, repeats what it found or is too large, which is not supported";
        }

        return null;
    }

    // Of ^work_1\.5$ it is work_1.5, and nothing is left; of ^work_.* it is work_.
    private static (string Prefix, bool IsWhole) PlainStart(string pattern)
    {
        if (!pattern.StartsWith('^') || pattern.Contains('|'))
        {
            return ("", false);
        }

        var prefix = new System.Text.StringBuilder();
        int at = 1;
        while (at < pattern.Length)
        {
            bool isEscaped = pattern[at] == '\\' && at + 1 < pattern.Length && Special.Contains(pattern[at + 1]);
            if (Special.Contains(pattern[at]) && !isEscaped)
            {
                break;
            }

            int next = at + (isEscaped ? 2 : 1);
            if (next < pattern.Length && pattern[next] is '*' or '?' or '+' or '{')
            {
                break;
            }

            prefix.Append(pattern[next - 1]);
            at = next;
        }

        return (prefix.ToString(), at == pattern.Length - 1 && pattern[at] == '$');
    }

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
