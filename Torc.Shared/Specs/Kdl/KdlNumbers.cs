using System.Text.RegularExpressions;
using Torc.Shared.Quantities;

namespace Torc.Shared.Specs.Kdl;

/// <summary>The numbers of KDL, written as the other notations write them.</summary>
internal static class KdlNumbers
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Decimal = new(@"^[-+]?[0-9][0-9_]*(\.[0-9][0-9_]*)?([eE][-+]?[0-9][0-9_]*)?\z", Linear);

    private static readonly Regex OtherBase = new(@"^[-+]?(0x[0-9a-fA-F][0-9a-fA-F_]*|0o[0-7][0-7_]*|0b[01][01_]*)\z", Linear);

    /// <summary>Whether a word can be nothing but a number, be it a good one or not.</summary>
    public static bool LooksLikeNumber(ReadOnlySpan<char> word)
    {
        var unsigned = word is ['+' or '-', ..] ? word[1..] : word;
        return unsigned is [>= '0' and <= '9', ..] or ['.', >= '0' and <= '9', ..];
    }

    /// <summary>Reads <c>1_000</c> as <c>1000</c>, <c>0x1F</c> as <c>31</c>, <c>007</c> as <c>7</c>.</summary>
    /// <returns>Null if KDL has no such number.</returns>
    public static string? Plain(string word)
    {
        if (OtherBase.IsMatch(word))
        {
            // A number too long to be brought into decimal digits is out of every range; as it stands it is refused like one.
            string digits = word.Replace("_", "", StringComparison.Ordinal);
            return NumberText.Rewrite(digits) ?? digits;
        }

        if (!Decimal.IsMatch(word))
        {
            return null;
        }

        string plain = word.Replace("_", "", StringComparison.Ordinal);
        string sign = plain[0] == '-' ? "-" : "";
        string unsigned = plain[0] is '-' or '+' ? plain[1..] : plain;
        string trimmed = unsigned.TrimStart('0');
        return sign + (trimmed is [>= '0' and <= '9', ..] ? trimmed : "0" + trimmed);
    }
}
