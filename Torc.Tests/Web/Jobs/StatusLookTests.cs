using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Torc.Shared.Jobs;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Web.Jobs;

public sealed partial class StatusLookTests
{
    private static readonly string Styles = File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "wwwroot-assets", "css", "status.css"));

    public static TheoryData<JobStatus> Statuses => [.. Enum.GetValues<JobStatus>()];

    [Fact]
    public void Each_status_has_a_word_and_an_icon_of_its_own()
    {
        var looks = Enum.GetValues<JobStatus>().Select(StatusLook.Of).ToList();

        Assert.Equal(looks.Count, looks.Select(look => look.Word).Distinct().Count());
        Assert.Equal(looks.Count, looks.Select(look => look.Name).Distinct().Count());
        // Not prepared and its ring alone are told apart by the dots that the style sheet gives it.
        Assert.Equal(looks.Count, looks.Select(look => look.Lines + "|" + look.Areas).Distinct().Count());
        Assert.Equal("pending_failed", StatusLook.Of(JobStatus.PendingFailed).Name);
    }

    [Fact]
    public void Every_status_is_told_in_counts() =>
        Assert.Equal(Enum.GetValues<JobStatus>().Order(), StatusLook.Order.Order());

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Words_on_a_filled_status_can_be_read_in_both_themes(JobStatus status)
    {
        string name = StatusLook.Of(status).Name;
        foreach (var rule in Rule().Matches(Styles).Where(rule => rule.Groups["name"].Value.Equals(name, StringComparison.Ordinal)))
        {
            var values = Value().Matches(rule.Groups["body"].Value).ToDictionary(value => value.Groups["key"].Value, value => value.Groups["color"].Value);
            if (values.TryGetValue("fill", out string? fill))
            {
                Assert.InRange(Contrast(fill, values["ink"]), 4.5, 21);
            }
        }
    }

    private static double Contrast(string first, string second)
    {
        double[] lights = [Light(first), Light(second)];
        return (lights.Max() + 0.05) / (lights.Min() + 0.05);
    }

    // Relative luminance as WCAG 2.2 defines it.
    private static double Light(string color)
    {
        double[] parts = [.. Enumerable.Range(0, 3).Select(part => int.Parse(color.AsSpan(1 + (2 * part), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];
        double[] linear = [.. parts.Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("""\[data-status="(?<name>\w+)"\] \{(?<body>[^}]*)\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex("--st-(?<key>[a-z]+): (?<color>#[0-9A-F]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
