using System.Globalization;

namespace Torc.Shared.Specs.Parameters;

/// <summary>One value of a parameter: a whole number, a decimal number or a text. Equal values make equal copies.</summary>
internal readonly record struct ParameterValue
{
    // More digits than any system of files takes in a name.
    private const int MaxDigits = 100;

    private readonly decimal? _number;
    private readonly double? _float;
    private readonly bool _isWhole;
    private readonly string? _text;

    private ParameterValue(decimal? number, double? real, bool isWhole, string? text)
    {
        _number = number;
        _float = real;
        _isWhole = isWhole;
        _text = text;
    }

    public static ParameterValue Whole(long value) => new(value, real: null, isWhole: true, text: null);

    public static ParameterValue Decimal(decimal value) => new(value, real: null, isWhole: false, text: null);

    public static ParameterValue Text(string text) => new(number: null, real: null, isWhole: false, text);

    /// <summary>Takes a number for a number, and everything else as it stands: <c>007</c> is 7, <c>0.10</c> is 0.1, <c>1e-3</c> is 0.001.</summary>
    public static ParameterValue Read(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return Whole(whole);
        }

        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, Plain, CultureInfo.InvariantCulture, out double real) || !double.IsFinite(real))
        {
            return Text(text);
        }

        // Exact as long as it fits, so that 3 × 0.1 is 0.3; a double for what is greater or smaller than that.
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out decimal exact) && (exact != 0) == (real != 0)
            ? Decimal(exact)
            : new ParameterValue(number: null, real, isWhole: false, text: null);
    }

    /// <summary>Prints the value; numbers without trailing zeros and without exponent.</summary>
    public override string ToString() => this switch
    {
        { _text: { } text } => text,
        { _isWhole: true, _number: { } whole } => ((long)whole).ToString(CultureInfo.InvariantCulture),
        { _number: { } number } => number.ToString("0.############################", CultureInfo.InvariantCulture),
        _ => Expanded(_float ?? 0),
    };

    /// <summary>The same, and a decimal number stays one: +1.0 is 1.0.</summary>
    public string ToJson() => ToString() is var plain && _number is not null && !_isWhole && !plain.Contains('.') ? $"{plain}.0" : plain;

    /// <summary>Whether there is such a format: <c>03d</c> or <c>.2f</c>, with at most 100 characters or decimals.</summary>
    public static bool IsFormat(string format) => WidthOf(format) is not null || DecimalsOf(format) is not null;

    /// <summary>
    /// Prints the value as a format says: <c>03d</c> gives a whole number at least three characters, <c>.2f</c> a decimal number
    /// two decimals. A value that is no such number is printed as it is.
    /// </summary>
    public string Format(string format)
    {
        if (_isWhole && WidthOf(format) is { } width)
        {
            return ZeroFilled(width);
        }

        // The double nearest to the number is what other programs have.
        return _text is null && !_isWhole && DecimalsOf(format) is { } decimals
            ? FixedPoint.Print(_float ?? double.Parse(ToString(), CultureInfo.InvariantCulture), decimals)
            : ToString();
    }

    // The sign counts as one of the characters: -5 in three is -05.
    private string ZeroFilled(int width)
    {
        string plain = ToString();
        return plain.StartsWith('-') ? $"-{plain[1..].PadLeft(width - 1, '0')}" : plain.PadLeft(width, '0');
    }

    // 03d and d
    private static int? WidthOf(string format) => format switch
    {
        "d" => 0,
        ['0', .., 'd'] => Digits(format.AsSpan(1, format.Length - 2)),
        _ => null,
    };

    // .2f
    private static int? DecimalsOf(string format) => format is ['.', .., 'f'] ? Digits(format.AsSpan(1, format.Length - 2)) : null;

    private static int? Digits(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxDigits ? number : null;

    // 1E+30 and 1E-30 in plain digits.
    private static string Expanded(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0)
        {
            return shortest;
        }

        string sign = shortest.StartsWith('-') ? "-" : "";
        string digits = shortest[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        int exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : $"{sign}{digits.PadRight(exponent + 1, '0')}";
    }
}
