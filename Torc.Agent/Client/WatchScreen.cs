using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Texts;

namespace Torc.Agent.Client;

/// <summary>
/// What a terminal shows of a run, at most 20 lines whatever its size: a job on each line, or, where there are too many, jobs whose names
/// are alike up to their first digit together.
/// </summary>
internal static class WatchScreen
{
    /// <summary>With this many jobs each still has a line of its own.</summary>
    public const int MaxRows = 15;

    private const int BarWidth = 20;
    private const int SmallBarWidth = 10;
    private const int MaxName = 40;

    /// <param name="width">Of the terminal, in columns; no line is longer.</param>
    public static IReadOnlyList<ScreenLine> Lines(WorkflowView workflow, IReadOnlyCollection<JobView> jobs, string address, int width, DateTimeOffset now)
    {
        var groups = (jobs.Count <= MaxRows ? jobs.Select(job => (job.Name, Jobs: (IReadOnlyList<JobView>)[job])) : Families(jobs)).ToList();
        var shown = groups.Count <= MaxRows ? groups : [.. groups.OrderBy(group => group.Jobs.Min(job => Rank(job.Status))).Take(MaxRows)];
        int name = Math.Min(Math.Max(8, Math.Min(MaxName, width / 3)), shown.Select(group => DisplayWidth.Of(Title(group.Name, group.Jobs))).DefaultIfEmpty(0).Max());
        List<ScreenLine> lines = [new(Head(workflow, jobs, address, now))];
        lines.AddRange(shown.Select(group => new ScreenLine(
            $" {Fit(Title(group.Name, group.Jobs), name)} {(group.Jobs is [var only] ? Row(only, now) : Row(group.Jobs))}", ColorOf(group.Jobs))));
        if (shown.Count < groups.Count)
        {
            lines.Add(new ScreenLine(string.Create(CultureInfo.InvariantCulture, $" and {groups.Count - shown.Count:N0} more")));
        }

        return [.. lines.Select(line => line with { Text = Cut(line.Text, width) })];
    }

    /// <summary>How long the rest takes if it goes on like what is done; null where nothing is done yet, or nothing runs.</summary>
    public static TimeSpan? TimeLeft(IReadOnlyCollection<JobView> jobs, DateTimeOffset now)
    {
        double[] took = [.. jobs.Where(job => job is { Status: JobStatus.Completed, StartedAt: not null, EndedAt: not null }).Select(job => (job.EndedAt!.Value - job.StartedAt!.Value).TotalSeconds)];
        JobView[] running = [.. jobs.Where(job => job is { Status: JobStatus.Running, StartedAt: not null })];
        if (took.Length == 0 || running.Length == 0)
        {
            return null;
        }

        double mean = took.Average();
        int waiting = jobs.Count(job => job.Status is JobStatus.Blocked or JobStatus.Ready or JobStatus.Pending);
        double rest = running.Sum(job => Math.Max(0, mean - (now - job.StartedAt!.Value).TotalSeconds)) + (waiting * mean);
        return TimeSpan.FromSeconds(Math.Ceiling(rest / running.Length));
    }

    private static string Head(WorkflowView workflow, IReadOnlyCollection<JobView> jobs, string address, DateTimeOffset now)
    {
        int total = workflow.Counts.Values.Sum();
        int ended = workflow.Counts.Where(count => count.Key.HasEnded()).Sum(count => count.Value);
        string took = workflow.StartedAt is { } from ? $"  {Clock((workflow.EndedAt ?? now) - from)}" : "";
        int unknown = jobs.Count(job => job is { Status: JobStatus.Running, UnknownSince: not null });
        string lost = unknown == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · unknown {unknown}");
        string left = workflow.EndedAt is null && TimeLeft(jobs, now) is { } rest ? $"  about {Clock(rest)} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{workflow.Name} #{workflow.Run}  {Bar(ended, total, BarWidth)}  {ended}/{total}  running {workflow.Counts.GetValueOrDefault(JobStatus.Running) - unknown}{lost} · failed {workflow.Counts.GetValueOrDefault(JobStatus.Failed)}{took}{left}  {address}");
    }

    private static string Row(JobView job, DateTimeOffset now)
    {
        string took = job.StartedAt is { } from && job.Status != JobStatus.Ready ? DurationText.Print(TimeSpan.FromSeconds(Math.Round(((job.EndedAt ?? now) - from).TotalSeconds, 1))) : "";
        string peak = job.PeakMemory is { } memory ? $"peak {memory}" : "";
        return $"{(job.UnknownSince is null ? Sign(job.Status) : '?')} {job.StatusWord(),-14} {took,-12} {peak,-14} {job.Reason}".TrimEnd();
    }

    private static string Row(IReadOnlyList<JobView> jobs)
    {
        int ended = jobs.Count(job => job.Status.HasEnded());
        var counts = jobs.CountBy(job => (job.Status, IsUnknown: job.UnknownSince is not null)).OrderBy(count => Rank(count.Key.Status)).ThenByDescending(count => count.Key.IsUnknown)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {(count.Key.IsUnknown ? JobStatusWords.Unknown : JobStatusWords.Of(count.Key.Status))}"));
        var worst = jobs.FirstOrDefault(job => job.Status is JobStatus.Failed or JobStatus.PendingFailed or JobStatus.Terminated);
        string why = worst is null ? "" : $"  {worst.Name}: {worst.Reason}";
        return string.Create(CultureInfo.InvariantCulture, $"{Bar(ended, jobs.Count, SmallBarWidth)} {ended}/{jobs.Count}  {string.Join(", ", counts)}{why}");
    }

    private static IEnumerable<(string Name, IReadOnlyList<JobView> Jobs)> Families(IEnumerable<JobView> jobs) =>
        jobs.GroupBy(job => FamilyOf(job.Name)).Select(family => family.ToList() is [var only] ? (only.Name, (IReadOnlyList<JobView>)[only]) : (family.Key, [.. family]));

    private static string FamilyOf(string name)
    {
        int digit = name.AsSpan().IndexOfAnyInRange('0', '9');
        string family = digit < 0 ? name : name[..digit].TrimEnd('_', '-', '.', ' ');
        return family.Length == 0 ? name : family;
    }

    private static string Title(string name, IReadOnlyList<JobView> jobs) => jobs.Count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ×{jobs.Count}");

    private static ConsoleColor? ColorOf(IReadOnlyList<JobView> jobs) => jobs switch
    {
        _ when jobs.Any(job => job.Status.EndedBadly() || job.Status == JobStatus.PendingFailed) => ConsoleColor.DarkRed,
        _ when jobs.All(job => job.Status == JobStatus.Completed) => ConsoleColor.DarkGreen,
        _ when jobs.Any(job => job.Status == JobStatus.Running) => ConsoleColor.DarkBlue,
        _ => null,
    };

    private static char Sign(JobStatus status) => status switch
    {
        JobStatus.Completed => '✓',
        JobStatus.Failed => '✗',
        JobStatus.Running => '▶',
        JobStatus.PendingFailed => '!',
        JobStatus.Canceled or JobStatus.Terminated or JobStatus.Disabled => '■',
        _ => '…',
    };

    // What moves or went wrong first; what is done needs no line when there is no room.
    private static int Rank(JobStatus status) => status switch
    {
        JobStatus.Failed or JobStatus.Terminated or JobStatus.PendingFailed => 0,
        JobStatus.Running or JobStatus.Pending => 1,
        JobStatus.Ready => 2,
        JobStatus.Blocked => 3,
        _ => 4,
    };

    private static string Bar(int done, int total, int width)
    {
        int filled = total == 0 ? width : (int)((long)done * width / total);
        return $"{new string('█', filled)}{new string('░', width - filled)}";
    }

    // 0:19, 12:05, 1:02:05
    private static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    private static string Fit(string text, int width)
    {
        string cut = Cut(text, width);
        return cut + new string(' ', Math.Max(0, width - DisplayWidth.Of(cut)));
    }

    private static string Cut(string text, int width)
    {
        text = Shown.Words(text);
        if (DisplayWidth.Of(text) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 0 && DisplayWidth.Of(text.AsSpan(0, length)) > width - 1)
        {
            length -= char.IsLowSurrogate(text[length - 1]) ? 2 : 1;
        }

        return $"{text[..length]}…";
    }
}
