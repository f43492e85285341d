using System.Text.RegularExpressions;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Web.Jobs;

/// <summary>What <c>css/status.css</c> gives the statuses, in each theme, as people see it who miss a kind of cone.</summary>
public sealed partial class StatusColourTests
{
    /// <summary>Nobody takes one for the other, not even in the smallest cell of a heat grid.</summary>
    private const double FarApart = 12;

    private static readonly string Styles = File.ReadAllText(Repository.PathTo("wwwroot-assets", "css", "status.css"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_eight_filled_statuses_are_told_apart_by_every_eye(bool dark)
    {
        var fills = Fills(dark);

        Assert.Equal(8, fills.Count);
        foreach (var vision in ColourVision.All)
        {
            foreach (var (one, other) in fills.SelectMany((one, at) => fills.Skip(at + 1), (one, other) => (one, other)))
            {
                double difference = one.Fill.SeenWith(vision).ToLab().DifferenceTo(other.Fill.SeenWith(vision).ToLab());
                Assert.True(difference >= FarApart, $"{vision}: {one.Status} and {other.Status} are {difference:0.0} apart");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Words_on_every_filled_status_can_be_read(bool dark) =>
        Assert.All(Fills(dark), status => Assert.InRange(status.Fill.ContrastTo(status.Ink), 4.5, 21));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Words_can_be_read_on_both_stripes_of_what_nobody_knows_any_more_and_the_stripes_are_seen(bool dark)
    {
        string body = Rule().Matches(Styles).Single(rule => rule.Groups["name"].Value == StatusLook.Unknown(JobStatus.Running).Name && rule.Groups["dark"].Success == dark).Groups["body"].Value;
        var values = Value().Matches(body).ToDictionary(value => value.Groups["key"].Value, value => Colour.Parse(value.Groups["color"].Value));

        Assert.InRange(values["fill"].ContrastTo(values["ink"]), 4.5, 21);
        Assert.InRange(values["hatch"].ContrastTo(values["ink"]), 4.5, 21);
        Assert.InRange(values["hatch"].ContrastTo(values["fill"]), 1.8, 21);
        Assert.Equal(Fills(dark).Single(fill => fill.Status == "running").Fill, values["fill"]);
    }

    /// <summary>Pairs that the standard's authors computed: a blue, two far apart, one across the end of the circle of hues, and two near greys.</summary>
    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(50, 2.5, 0, 56, -27, -3, 31.9030)]
    [InlineData(50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195)]
    [InlineData(50, 0, 0, 50, -1, 2, 2.3669)]
    [InlineData(2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082)]
    public void Differences_are_those_of_the_standard(double l1, double a1, double b1, double l2, double a2, double b2, double expected)
    {
        Assert.Equal(expected, new LabColour(l1, a1, b1).DifferenceTo(new LabColour(l2, a2, b2)), 4);
        Assert.Equal(expected, new LabColour(l2, a2, b2).DifferenceTo(new LabColour(l1, a1, b1)), 4);
    }

    private static List<(string Status, Colour Fill, Colour Ink)> Fills(bool dark) =>
    [
        .. from status in Enum.GetValues<JobStatus>()
           let name = StatusLook.Of(status).Name
           let rule = Rule().Matches(Styles).FirstOrDefault(rule => rule.Groups["name"].Value == name && rule.Groups["dark"].Success == dark)
           where rule is not null
           let values = Value().Matches(rule.Groups["body"].Value).ToDictionary(value => value.Groups["key"].Value, value => value.Groups["color"].Value)
           where values.ContainsKey("fill")
           select (name, Colour.Parse(values["fill"]), Colour.Parse(values["ink"])),
    ];

    [GeneratedRegex("""^(?<dark>\[data-theme="dark"\] )?\[data-status="(?<name>\w+)"\] \{(?<body>[^}]*)\}""", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex("--st-(?<key>[a-z]+): (?<color>#[0-9A-F]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
