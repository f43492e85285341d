using System.Globalization;
using System.Text.RegularExpressions;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Parameters;

/// <summary>The values of a parameter as people write them in one text: <c>1:100</c>, <c>0.1:0.5:0.1</c>, <c>[a, b, c]</c>, <c>fast</c>.</summary>
internal static class ParameterText
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // 1:10  10:1:-1  0.0:1.0:0.25
    private static readonly Regex Range = new(@"^(?<first>[^:]*):(?<last>[^:]*)(:(?<step>[^:]*))?\z", Linear);

    /// <summary>Reads the values, without making more than a spec may have.</summary>
    /// <returns>Null, and what is wrong, if the text says no values.</returns>
    public static IReadOnlyList<ParameterValue>? TryParse(string text, out QuantityProblem? problem)
    {
        problem = null;
        string trimmed = WithoutBraces(text.Trim());
        if (trimmed.StartsWith('[') && trimmed.EndsWith(']') && trimmed.Length > 1)
        {
            var items = Items(trimmed[1..^1]);
            return items.Count <= SpecLimits.Jobs ? items : Refuse(TooMany($"a list of {items.Count.ToString("N0", CultureInfo.InvariantCulture)} values", trimmed), out problem);
        }

        if (trimmed.StartsWith('@'))
        {
            problem = new QuantityProblem($"must have its values in the spec: {Quoting.Quote(trimmed)} names a file", "write them as a list, such as [a, b, c]");
            return null;
        }

        if (!trimmed.Contains(':'))
        {
            return [ParameterValue.Read(trimmed)];
        }

        return Range.Match(trimmed) is { Success: true } range
            ? TryCount(range.Groups["first"].Value.Trim(), range.Groups["last"].Value.Trim(), range.Groups["step"].Value.Trim(), trimmed, out problem)
            : Refuse(NotARange(trimmed), out problem);
    }

    // People write {1:5} for 1:5, thinking of {i}.
    private static string WithoutBraces(string text) =>
        text.StartsWith('{') && text.EndsWith('}') && text.Length > 1 && !text.Contains(',') ? text[1..^1].Trim() : text;

    // Quotes hide commas: ['a, b', c] has two values.
    private static List<ParameterValue> Items(string inside)
    {
        var values = new List<ParameterValue>();
        int start = 0;
        bool hasBegun = false;
        char quote = '\0';
        for (int at = 0; at <= inside.Length; at++)
        {
            if (at == inside.Length || (inside[at] == ',' && quote == '\0'))
            {
                string item = inside[start..at].Trim();
                if (item.Length > 0 || at < inside.Length || values.Count > 0)
                {
                    values.Add(Item(item));
                }

                start = at + 1;
                hasBegun = false;
                continue;
            }

            if (inside[at] == quote)
            {
                quote = '\0';
            }
            else if (!hasBegun && inside[at] is '\'' or '"')
            {
                quote = inside[at];
            }

            hasBegun |= !char.IsWhiteSpace(inside[at]);
        }

        return values;
    }

    private static ParameterValue Item(string item) =>
        item.Length > 1 && item[0] is '\'' or '"' && item[^1] == item[0] ? ParameterValue.Text(item[1..^1]) : ParameterValue.Read(item);

    private static IReadOnlyList<ParameterValue>? TryCount(string first, string last, string step, string shown, out QuantityProblem? problem)
    {
        // 0:1:0.25 is a range of decimals although it begins and ends with whole numbers.
        decimal by = 1;
        if (IsWhole(first, out decimal from) && IsWhole(last, out decimal to) && (step.Length == 0 || IsWhole(step, out by)))
        {
            return TryCount(from, to, by, isWhole: true, shown, out problem);
        }

        by = 1;
        return IsDecimal(first, out from) && IsDecimal(last, out to) && (step.Length == 0 || IsDecimal(step, out by))
            ? TryCount(from, to, by, isWhole: false, shown, out problem)
            : Refuse(NotARange(shown), out problem);
    }

    private static ParameterRange? TryCount(decimal from, decimal to, decimal by, bool isWhole, string shown, out QuantityProblem? problem)
    {
        if (by == 0)
        {
            Refuse(new QuantityProblem($"has a range whose step is 0: {Quoting.Quote(shown)}", help(from, to)), out problem);
            return null;
        }

        if ((to - from) * Math.Sign(by) < 0)
        {
            Refuse(
                new QuantityProblem(
                    $"has a range without any value: {Quoting.Quote(shown)} goes {(by > 0 ? "up" : "down")} from {Print(from)} and never comes to {Print(to)}", help(from, to)),
                out problem);
            return null;
        }

        // A quotient beyond long may be beyond decimal too.
        bool isCountless = (double)(to - from) / (double)by >= long.MaxValue;
        decimal steps = isCountless ? long.MaxValue : Math.Floor((to - from) / by);
        if (steps >= SpecLimits.Jobs)
        {
            Refuse(TooMany($"a range of {(isCountless ? "countless" : (steps + 1).ToString("N0", CultureInfo.InvariantCulture))} values", shown), out problem);
            return null;
        }

        problem = null;
        return new ParameterRange(from, by, (int)steps + 1, isWhole);

        static string help(decimal from, decimal to) => from <= to ? $"write {Print(from)}:{Print(to)}:1" : $"write {Print(from)}:{Print(to)}:-1";
    }

    private static bool IsWhole(string text, out decimal number)
    {
        bool isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole);
        number = whole;
        return isWhole;
    }

    // Within reach of exact arithmetic, whatever is computed with them.
    private static bool IsDecimal(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) < 1_000_000_000_000_000_000m && decimal.Round(number, 18) == number;

    private static string Print(decimal number) => number.ToString("0.##################", CultureInfo.InvariantCulture);

    private static QuantityProblem TooMany(string what, string text) => new(
        $"has {what}: {Quoting.Quote(text)}; a workflow has at most {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)} jobs", Help: null);

    private static QuantityProblem NotARange(string text) => new(
        $"must be a range like 1:10 or 0:1:0.25, not {Quoting.Quote(text)}", $"write [\"{Quoting.Shorten(text)}\"] if it is one value with a colon");

    private static List<ParameterValue>? Refuse(QuantityProblem refusal, out QuantityProblem? problem)
    {
        problem = refusal;
        return null;
    }
}
