using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Jobs;

/// <summary>
/// How a status looks everywhere: word, icon and shape here, colours in <c>css/status.css</c> under the same name. Colour alone
/// never tells a status: word and icon are always there.
/// </summary>
/// <param name="Name">As programs write it, such as <c>pending_failed</c>.</param>
/// <param name="Word">As people read it.</param>
/// <param name="Lines">The drawn strokes of the icon, as SVG path data in a square of 16; empty for none.</param>
/// <param name="Areas">The filled areas of the icon, likewise.</param>
/// <param name="HasCutCorners">Whether its node is drawn with cut instead of round corners.</param>
/// <param name="ShortWord">Where there is no room for the word; null if that is short.</param>
public sealed record StatusLook(string Name, string Word, string Lines, string Areas, bool HasCutCorners = false, string? ShortWord = null)
{
    private const string Ring = "M8 2.4a5.6 5.6 0 1 1 0 11.2a5.6 5.6 0 1 1 0-11.2z";

    private static readonly StatusLook[] Jobs =
    [
        Look(JobStatus.Uninitialized, "Not prepared", Ring, ""),
        Look(JobStatus.Blocked, "Waiting", "M4 2.5h8M4 13.5h8M5 2.5v2L8 8l3-3.5v-2M5 13.5v-2L8 8l3 3.5v2", ""),
        Look(JobStatus.Ready, "Ready", "M5 3.2v9.6L12.6 8z", ""),
        Look(JobStatus.Pending, "Starting", Ring, "M8 8V2.4A5.6 5.6 0 0 1 13.6 8z"),
        Look(JobStatus.Running, "Running", "", "M4.5 2.6v10.8L13.2 8z"),
        Look(JobStatus.Completed, "Done", "M3 8.6l3.4 3.4L13 4.6", ""),
        Look(JobStatus.Failed, "Failed", "M4 4l8 8M12 4l-8 8", "") with { HasCutCorners = true },
        Look(JobStatus.Canceled, "Cancelled", Ring + "M4.2 11.8l7.6-7.6", ""),
        Look(JobStatus.Terminated, "Stopped", "", "M4 4h8v8H4z"),
        Look(JobStatus.Disabled, "Off", Ring + "M5.4 8h5.2", ""),
        Look(JobStatus.PendingFailed, "Needs a decision", "M8 2.6v6.6", "M8 11.2a1.2 1.2 0 1 1 0 2.4a1.2 1.2 0 1 1 0-2.4z"),
    ];

    private static readonly StatusLook NotKnown = new("unknown", "", "M4.5 5.3a3.5 3.5 0 1 1 5.3 3C8.5 9 8 9.5 8 10.3", "M8 12a1.2 1.2 0 1 1 0 2.4a1.2 1.2 0 1 1 0-2.4z", ShortWord: "Unknown");

    /// <summary>The order in which counts of statuses are told: what is done, what moves, what waits, what went wrong.</summary>
    public static IReadOnlyList<JobStatus> Order { get; } =
    [
        JobStatus.Completed, JobStatus.Running, JobStatus.Pending, JobStatus.Ready, JobStatus.Blocked, JobStatus.Uninitialized,
        JobStatus.Failed, JobStatus.PendingFailed, JobStatus.Terminated, JobStatus.Canceled, JobStatus.Disabled,
    ];

    public static StatusLook Of(JobStatus status) => Jobs[(int)status];

    /// <summary>A job on a node that is not heard is never shown as if somebody knew that it runs.</summary>
    public static StatusLook Of(JobView job) => job.UnknownSince is null ? Of(job.Status) : Unknown(job.Status);

    /// <param name="last">What was seen last.</param>
    public static StatusLook Unknown(JobStatus last) => NotKnown with { Word = $"Unknown, last seen {Of(last).Word.ToLowerInvariant()}" };

    public static StatusLook Of(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Running => Of(JobStatus.Running),
        WorkflowStatus.Completed => Of(JobStatus.Completed),
        WorkflowStatus.Failed => Of(JobStatus.Failed),
        _ => Of(JobStatus.Uninitialized) with { Word = "Draft" },
    };

    private static StatusLook Look(JobStatus status, string word, string lines, string areas) =>
        new(JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()), word, lines, areas);
}
