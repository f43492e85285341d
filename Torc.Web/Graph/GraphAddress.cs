using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Web.Graph;

/// <summary>
/// Reads what is drawn from the address of the page, and writes it there: <c>?mode=jobs&amp;groups=all&amp;open=sim&amp;focus=job:work2&amp;up=1&amp;down=all&amp;dir=down</c>.
/// What cannot be read is as if it were not there: a link from an older Torc still shows something.
/// </summary>
public static class GraphAddress
{
    private const string JobFocus = "job:";
    private const string All = "all";
    private const string Downward = "down";

    /// <summary>A reader sees this many steps around a job without asking for them.</summary>
    private const int Steps = 1;

    public static GraphView Read(string? mode, string? groups, string? open, string? closed, string? focus, string? up, string? down, string? direction) => new(
        Choice(mode, GraphLens.Files),
        Choice(groups, GraphGrouping.Auto),
        Names(open),
        Names(closed),
        focus?.StartsWith(JobFocus, StringComparison.Ordinal) == true ? new GraphFocus(focus[JobFocus.Length..], StepsOf(up), StepsOf(down)) : null,
        direction is Downward);

    /// <summary>The parameters that make a view; those of the plain view are null.</summary>
    public static Dictionary<string, object?> Write(GraphView view) => new()
    {
        ["mode"] = view.Lens == GraphLens.Files ? null : Word(view.Lens),
        ["groups"] = view.Grouping == GraphGrouping.Auto ? null : Word(view.Grouping),
        ["open"] = Joined(view.Opened),
        ["closed"] = Joined(view.Closed),
        ["focus"] = view.Focus is { } focus ? $"{JobFocus}{focus.Job}" : null,
        ["up"] = view.Focus is { Up: not Steps } above ? Printed(above.Up) : null,
        ["down"] = view.Focus is { Down: not Steps } below ? Printed(below.Down) : null,
        ["dir"] = view.IsDownward ? Downward : null,
    };

    /// <param name="text">Such as <c>failed,running</c>.</param>
    /// <returns>Empty for all.</returns>
    public static IReadOnlySet<JobStatus> Statuses(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(JobStatusWords.TryParse).OfType<JobStatus>().ToHashSet();

    /// <returns>Null for all.</returns>
    public static string? Statuses(IReadOnlySet<JobStatus> statuses) => statuses.Count == 0 ? null : string.Join(',', statuses.Order().Select(JobStatusWords.Of));

    private static T Choice<T>(string? word, T otherwise)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(choice => Word(choice) == word).Select(choice => (T?)choice).FirstOrDefault() ?? otherwise;

    private static string Word<T>(T choice)
        where T : struct, Enum =>
        choice.ToString().ToLowerInvariant();

    // A comma cannot be part of a name that a group gets from its jobs; of one that joins several it can, so each is escaped.
    private static IReadOnlyList<string> Names(string? list) =>
        list is null ? [] : [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    private static string? Joined(IReadOnlyList<string>? names) =>
        names is { Count: > 0 } ? string.Join(',', names.Select(name => name.Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal))) : null;

    private static int StepsOf(string? text) =>
        text == All ? GraphFocus.All : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) ? steps : Steps;

    private static string Printed(int steps) => steps == GraphFocus.All ? All : steps.ToString(CultureInfo.InvariantCulture);
}
