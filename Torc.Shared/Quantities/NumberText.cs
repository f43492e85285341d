using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Torc.Shared.Quantities;

/// <summary>
/// Numbers as specs write them: decimal digits and nothing clever, so that no notation reads <c>010</c> as 8.
/// </summary>
public static class NumberText
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Json = new(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", Linear);

    private static readonly Regex Whole = new(@"^-?(0|[1-9][0-9]*)\z", Linear);

    private static readonly Regex SpecialFloat = new(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?(NaN|Infinity))\z", Linear);

    private static readonly Regex Exotic = new(@"^[-+]?(?<base>0[xX]|0o|0b)?(?<digits>[0-9a-fA-F](_?[0-9a-fA-F])*)\z", Linear);

    // Longer ones are out of every range; this keeps the arithmetic on a hostile text cheap.
    private const int MaxLength = 400;

    /// <summary>Whether JSON has such a number: <c>-0.5e3</c> is one, <c>010</c>, <c>+1</c> and <c>.5</c> are not.</summary>
    public static bool IsJson(string text) => Json.IsMatch(text);

    /// <summary>Reads a whole number.</summary>
    /// <returns>Null, and what is wrong with it, if it is none or out of range.</returns>
    public static long? TryReadWhole(string text, long min, long max, out QuantityProblem? problem)
    {
        problem = null;
        if (Whole.IsMatch(text))
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= min && number <= max)
            {
                return number;
            }

            problem = OutOfRange(text, min, max);
        }
        else if (IsEndless(text))
        {
            problem = OutOfRange(text, min, max);
        }
        else
        {
            problem = new QuantityProblem(
                $"must be a whole number, not {QuantityProblem.Show(text)}",
                Rewrite(text) is { } rewritten ? $"write {rewritten}" : null);
        }

        return null;
    }

    /// <summary>Whether the text is a number, or a word for one in YAML or JSON5, that is greater than all that can be stored.</summary>
    public static bool IsEndless(string text) =>
        SpecialFloat.IsMatch(text)
        || (IsJson(text) && !double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)));

    /// <summary>Writes a number of another notation in plain decimal digits: <c>010</c> and <c>+10</c> as <c>10</c>, <c>0x10</c> as <c>16</c>.</summary>
    /// <returns>Null if the text is no whole number in any notation.</returns>
    public static string? Rewrite(string text)
    {
        if (text.Length > MaxLength || Exotic.Match(text) is not { Success: true } match)
        {
            return null;
        }

        string sign = text.StartsWith('-') ? "-" : "";
        string digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        string? number = match.Groups["base"].Value switch
        {
            "" => FromBase(digits, 10),
            "0x" or "0X" => FromBase(digits, 16),
            "0o" => FromBase(digits, 8),
            _ => FromBase(digits, 2),
        };
        return number is null ? null : sign + number;
    }

    private static string? FromBase(string digits, int numberBase)
    {
        var value = BigInteger.Zero;
        foreach (char digit in digits)
        {
            int worth = char.IsAsciiDigit(digit) ? digit - '0' : char.ToLowerInvariant(digit) - 'a' + 10;
            if (worth >= numberBase)
            {
                return null;
            }

            value = (value * numberBase) + worth;
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static QuantityProblem OutOfRange(string text, long min, long max) => new(
        string.Create(CultureInfo.InvariantCulture, $"is out of range: {QuantityProblem.Show(text)} is not between {min} and {max}"), Help: null);
}
