using System.Globalization;
using System.Text.RegularExpressions;

namespace Torc.Shared.Quantities;

/// <summary>Memory as people write it: <c>512m</c>, <c>4g</c>, <c>1.5 GiB</c>. All units are powers of 1024.</summary>
public static class MemoryText
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // 512m, 4G, 2 GiB, 1.5gb, 1073741824, 300b
    private static readonly Regex Amount = new(@"^(?<number>[0-9]+(\.[0-9]+)?) ?((?<unit>[kmgtKMGT])(?<binary>i)?)?(?<bytes>[bB])?\z", Linear);

    private const long SmallestBare = 1L << 20;
    private const long Largest = 1L << 60;
    private const string Units = "kmgt";

    /// <returns>Null, and what is wrong with it, if the text is no amount of memory.</returns>
    public static MemorySize? TryParse(string text, out QuantityProblem? problem)
    {
        problem = null;
        if (Amount.Match(text) is not { Success: true } match)
        {
            problem = new QuantityProblem(
                $"must be an amount like 512m or 4g, not {QuantityProblem.Show(text)}", "use k, m, g or t (powers of 1024), for example 12g");
            return null;
        }

        string number = match.Groups["number"].Value;
        string unit = match.Groups["unit"].Value;
        bool isBare = unit.Length == 0 && match.Groups["bytes"].Length == 0;
        decimal bytes = Scale(number, unit);
        if (bytes is 0 || (bytes < SmallestBare && isBare))
        {
            problem = bytes is 0
                ? new QuantityProblem($"must be more than nothing, not {QuantityProblem.Show(text)}", "leave it out, or write an amount like 512m")
                : new QuantityProblem($"must have a unit: {QuantityProblem.Show(number)} what?", $"write {number}m or {number}g");
            return null;
        }

        if (bytes > Largest)
        {
            problem = new QuantityProblem($"is out of range: {QuantityProblem.Show(text)} is more than 1 EiB", Help: null);
            return null;
        }

        return new MemorySize((long)decimal.Ceiling(bytes));
    }

    /// <summary>How to write an amount whose unit says powers of 1000: <c>2GiB</c> for <c>2GB</c>.</summary>
    /// <returns>Null if the unit is clear.</returns>
    public static string? Clearer(string text) =>
        Amount.Match(text) is { Success: true } match && match.Groups["unit"] is { Length: > 0 } unit
        && match.Groups["binary"].Length == 0 && match.Groups["bytes"].Length > 0
            ? $"{match.Groups["number"].Value}{unit.Value.ToUpperInvariant()}iB"
            : null;

    /// <summary>Writes an amount exactly, as specs have it: <c>450m</c>, <c>2g</c>.</summary>
    public static string Write(MemorySize memory)
    {
        for (int power = Units.Length; power > 0; power--)
        {
            long unit = 1L << (10 * power);
            if (memory.Bytes >= unit && memory.Bytes % unit == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{memory.Bytes / unit}{Units[power - 1]}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{memory.Bytes}b");
    }

    // Digits are limited so that no amount overflows a decimal.
    private static decimal Scale(string number, string unit)
    {
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string whole = (point < 0 ? number : number[..point]).TrimStart('0');
        if (whole.Length > 19)
        {
            return decimal.MaxValue;
        }

        string fraction = point < 0 ? "" : number[point..Math.Min(number.Length, point + 8)];
        decimal amount = decimal.Parse($"0{whole}{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        for (int power = unit.Length == 0 ? 0 : Units.IndexOf(char.ToLowerInvariant(unit[0]), StringComparison.Ordinal) + 1; power > 0; power--)
        {
            amount = amount > Largest ? decimal.MaxValue / 1024 : amount;
            amount *= 1024;
        }

        return amount;
    }
}
