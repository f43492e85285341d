using System.Globalization;
using System.Text;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Client;

/// <summary>
/// A change of a job on one line, with the time first and the status second, so that it can be searched:
/// <c>2026-05-04T14:02:11Z FAILED work2 attempt=1 reason=OOM used=299MiB limit=200MiB</c>.
/// </summary>
internal static class WatchLine
{
    /// <param name="details">What is asked for where an attempt ended for want of memory or time; null if nobody could be asked.</param>
    /// <param name="now">Taken where the job has no time of its own.</param>
    public static JobChange Of(JobView job, JobDetails? details, DateTimeOffset now)
    {
        var ended = job.Status.HasEnded() || job.Status == JobStatus.PendingFailed ? job.Outcome : null;
        return new JobChange(
            (job.Status == JobStatus.Running ? job.StartedAt : job.EndedAt) ?? now,
            job.Status,
            job.Name,
            job.Attempt,
            job.Node,
            ended is null or { Succeeded: true } ? null : Code(ended.Kind),
            ended?.ExitCode,
            ended is null ? null : job.PeakMemory,
            ended?.Kind == OutcomeKind.OutOfMemory ? details?.Needs.Memory : null,
            ended?.Kind == OutcomeKind.Timeout ? details?.Needs.Runtime.TotalSeconds : null,
            ended is not null && job.StartedAt is { } from && job.EndedAt is { } to ? Math.Round((to - from).TotalSeconds, 3) : null,
            job.Reason,
            job.UnknownSince);
    }

    public static string Text(JobChange change)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{Instant(change.At)} {JsonNamingPolicy.SnakeCaseUpper.ConvertName(change.Status.ToString())} {Quoted(change.Job)}");
        if (change.Attempt > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" attempt={change.Attempt}");
        }

        Append(line, "node", change.Status == JobStatus.Running ? change.Node : null);
        Append(line, "reason", change.Reason);
        Append(line, "exit_code", change is { Reason: not null, ExitCode: { } code } ? code.ToString(CultureInfo.InvariantCulture) : null);
        Append(line, "used", Compact(change.Used));
        Append(line, "limit", Compact(change.Limit));
        Append(line, "limit", change.LimitS is { } limit ? $"{limit.ToString(CultureInfo.InvariantCulture)}s" : null);
        Append(line, "took", change.DurationS is { } took ? $"{Math.Round(took, 1).ToString(CultureInfo.InvariantCulture)}s" : null);
        Append(line, "unknown_since", change.UnknownSince is { } since ? Instant(since) : null);
        return line.ToString();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder line, string name, string? value)
    {
        if (value is not null)
        {
            line.Append(' ').Append(name).Append('=').Append(Quoted(value));
        }
    }

    // A line has as many words for a name with spaces as for any other.
    private static string Quoted(string text) => text.Any(char.IsWhiteSpace) ? $"\"{Shown.Words(text)}\"" : Shown.Words(text);

    private static string? Compact(MemorySize? size) => size?.ToString().Replace(" ", "", StringComparison.Ordinal);

    private static string Code(OutcomeKind kind) => kind switch
    {
        OutcomeKind.OutOfMemory => "OOM",
        OutcomeKind.Terminated => "STOPPED",
        OutcomeKind.Canceled => "CANCELLED",
        OutcomeKind.SpawnError => "START_FAILED",
        _ => JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString()),
    };
}
