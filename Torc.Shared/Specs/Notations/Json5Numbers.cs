using System.Text.RegularExpressions;
using Torc.Shared.Quantities;

namespace Torc.Shared.Specs.Notations;

/// <summary>Writes the numbers of JSON5 as JSON has them, which is what every reader of a spec's numbers understands.</summary>
internal static class Json5Numbers
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // 256 hexadecimal digits are 1024 bits: numbers with more are greater than every double, and for JavaScript infinite.
    private const int FiniteDigits = 256;

    private static readonly Regex Decimal = new(
        @"^[-+]?((?<whole>0|[1-9][0-9]*)(?<point>\.(?<fraction>[0-9]*))?|(?<point>\.(?<fraction>[0-9]+)))(?<exponent>[eE][-+]?[0-9]+)?\z", Linear);

    private static readonly Regex Hexadecimal = new(@"^[-+]?0[xX][0-9a-fA-F]+\z", Linear);

    private static readonly Regex Endless = new(@"^[-+]?(Infinity|NaN)\z", Linear);

    /// <returns>
    /// <c>16</c> for <c>0x10</c>, <c>0.5</c> for <c>+.5</c>; <c>Infinity</c> and <c>NaN</c> as they are, for JSON has neither.
    /// Null if JSON5 has no such number.
    /// </returns>
    public static string? WriteAsJson(string text)
    {
        if (NumberText.IsJson(text) || Endless.IsMatch(text))
        {
            return text;
        }

        string sign = text.StartsWith('-') ? "-" : "";
        if (Hexadecimal.IsMatch(text))
        {
            var digits = text.AsSpan(text.IndexOfAny(['x', 'X']) + 1).TrimStart('0');
            return digits.Length > FiniteDigits ? $"{sign}Infinity" : NumberText.Rewrite($"{sign}0x0{digits}");
        }

        return Decimal.Match(text) is { Success: true } match
            ? $"{sign}{OrZero("whole")}{(match.Groups["point"].Success ? $".{OrZero("fraction")}" : "")}{match.Groups["exponent"].Value}"
            : null;

        string OrZero(string group) => match.Groups[group].Value is { Length: > 0 } digits ? digits : "0";
    }
}
