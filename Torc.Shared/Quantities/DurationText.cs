using System.Globalization;

namespace Torc.Shared.Quantities;

/// <summary>Prints durations as people read them: <c>1.6 s</c>, <c>3 min 5 s</c>, <c>2 d 4 h</c>; two units at most.</summary>
public static class DurationText
{
    public static string ForPeople(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            // Clocks of two machines may disagree by a little; nothing really takes less than no time.
            return "0 s";
        }

        if (duration < TimeSpan.FromSeconds(9.95))
        {
            return $"{Math.Round(duration.TotalSeconds, 1).ToString(CultureInfo.InvariantCulture)} s";
        }

        long seconds = (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 60 => $"{seconds} s",
            < 3600 => TwoUnits(seconds / 60, "min", seconds % 60, "s"),
            < 86_400 => TwoUnits(seconds / 3600, "h", seconds % 3600 / 60, "min"),
            _ => TwoUnits(seconds / 86_400, "d", seconds % 86_400 / 3600, "h"),
        };
    }

    private static string TwoUnits(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";
}
