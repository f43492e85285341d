using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Torc.Shared.Quantities;

/// <summary>Durations as people write them, <c>PT1H30M</c>, <c>1h30m</c>, <c>01:30:00</c>, and as people read them, <c>1 h 30 min</c>.</summary>
public static class DurationText
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private const RegexOptions AnyCase = Linear | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // PT30M, P1DT12H, P2W, PT1.5H, and P0Y0M0DT4H, as programs write it
    private static readonly Regex Iso = new(
        @"^P((?<years>0+)Y)?((?<months>0+)M)?((?<weeks>[0-9]+([.,][0-9]+)?)W)?((?<days>[0-9]+([.,][0-9]+)?)D)?(T((?<hours>[0-9]+([.,][0-9]+)?)H)?((?<minutes>[0-9]+([.,][0-9]+)?)M)?((?<seconds>[0-9]+([.,][0-9]+)?)S)?)?\z",
        AnyCase);

    // 90s, 1h30m, 2 d 4 h, 1.5h, 3 min 5 s
    private static readonly Regex Units = new(
        @"^((?<days>[0-9]+(\.[0-9]+)?) ?d ?)?((?<hours>[0-9]+(\.[0-9]+)?) ?h ?)?((?<minutes>[0-9]+(\.[0-9]+)?) ?m(in)? ?)?((?<seconds>[0-9]+(\.[0-9]+)?) ?s(ec)?)?\z",
        AnyCase);

    // 01:30:00, 48:00:00, 1-02:00:00
    private static readonly Regex Clock = new(@"^((?<days>[0-9]+)-)?(?<hours>[0-9]+):(?<minutes>[0-5][0-9]):(?<seconds>[0-5][0-9])\z", Linear);

    private static readonly Regex Bare = new(@"^-?[0-9]+(\.[0-9]+)?\z", Linear);

    private static readonly Regex HalfClock = new(@"^(?<first>[0-9]{1,2}):(?<second>[0-5][0-9])\z", Linear);

    private static readonly Regex YearsOrMonths = new(@"^P([0-9.]+Y)?[0-9.]+[YM]", AnyCase);

    // Far beyond any job, and far from where adding one to a date would overflow.
    private const int MaxDays = 36_500;

    private const string Forms = "write 90s, 90m, 1h30m, 01:30:00 or PT1H30M";

    /// <summary>Reads ISO 8601 (<c>PT30M</c>, <c>P1DT12H</c>), units (<c>1h30m</c>, <c>3 min 5 s</c>) and clocks (<c>01:30:00</c>, <c>1-02:00:00</c>).</summary>
    /// <returns>Null, and what is wrong with it, if the text is no duration.</returns>
    public static TimeSpan? TryParse(string text, out QuantityProblem? problem)
    {
        var match = Iso.Match(text);
        match = match.Success ? match : Units.Match(text);
        match = match.Success ? match : Clock.Match(text);
        bool isEmpty = match.Groups.Values.Skip(1).All(part => part.Length == 0);
        if (!match.Success || isEmpty || text[^1] is 'T' or 't' or ' ')
        {
            problem = Refuse(text);
            return null;
        }

        decimal seconds = (Part(match, "weeks") * 604_800) + (Part(match, "days") * 86_400) + (Part(match, "hours") * 3_600)
            + (Part(match, "minutes") * 60) + Part(match, "seconds");
        problem = seconds switch
        {
            0 => new QuantityProblem($"must be longer than nothing, not {QuantityProblem.Show(text)}", Help: null),
            > MaxDays * 86_400m => new QuantityProblem(
                string.Create(CultureInfo.InvariantCulture, $"is out of range: {QuantityProblem.Show(text)} is longer than {MaxDays} days"), Help: null),
            _ => null,
        };
        return problem is null ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
    }

    /// <summary>Writes a duration exactly, as specs have it: <c>PT1H30M</c>.</summary>
    public static string Write(TimeSpan duration) => XmlConvert.ToString(duration);

    /// <summary>Prints at most two units: <c>1.6 s</c>, <c>3 min 5 s</c>, <c>1 h 30 min</c>, <c>2 d 4 h</c>.</summary>
    public static string Print(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return $"-{Print(duration == TimeSpan.MinValue ? TimeSpan.MaxValue : -duration)}";
        }

        // Each range begins where the one before would round up into it, so that nothing prints as 60 s or 60 min.
        double seconds = duration.TotalSeconds;
        return seconds switch
        {
            < 0.995 => $"{Round(seconds, 2)} s",
            < 59.95 => $"{Round(seconds, 1)} s",
            < 3_599.5 => Two(Whole(seconds), 60, "min", "s"),
            < 86_370 => Two(Whole(seconds / 60), 60, "h", "min"),
            _ => Two(Whole(seconds / 3_600), 24, "d", "h"),
        };
    }

    private static string Two(long small, int perLarge, string largeUnit, string smallUnit) => small % perLarge == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{small / perLarge} {largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{small / perLarge} {largeUnit} {small % perLarge} {smallUnit}");

    private static long Whole(double amount) => (long)Math.Round(amount, MidpointRounding.AwayFromZero);

    private static string Round(double amount, int digits) =>
        Math.Round(amount, digits, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);

    private static decimal Part(Match match, string name)
    {
        string number = match.Groups[name].Value.Replace(',', '.');
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string whole = (point < 0 ? number : number[..point]).TrimStart('0');
        string fraction = point < 0 ? "" : number[point..Math.Min(number.Length, point + 8)];

        // Ten digits of the smallest unit are more than is allowed, and few enough never to overflow.
        return whole.Length > 12
            ? 1_000_000_000_000
            : decimal.Parse($"0{whole}{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    private static QuantityProblem Refuse(string text)
    {
        if (Bare.IsMatch(text))
        {
            string shown = QuantityProblem.Show(text);
            return new QuantityProblem($"must have a unit: {shown} what?", text.Length > 12 ? Forms : $"write {text}s, {text}m or {text}h");
        }

        if (HalfClock.Match(text) is { Success: true } half)
        {
            return new QuantityProblem(
                $"must say hours, minutes and seconds: {QuantityProblem.Show(text)} could be either two of them",
                $"write {half.Groups["first"].Value}:{half.Groups["second"].Value}:00 or 00:{half.Groups["first"].Value}:{half.Groups["second"].Value}");
        }

        return YearsOrMonths.IsMatch(text)
            ? new QuantityProblem($"must not count years or months, whose length varies: {QuantityProblem.Show(text)}", "write days, as in P30D")
            : new QuantityProblem($"must be a duration like 90m or 1h30m, not {QuantityProblem.Show(text)}", Forms);
    }
}
