using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>How many jobs stand where: the legend of colours, and a press shows only those.</summary>
public sealed partial class StatusFilter
{
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<JobStatus, int> Counts { get; set; } = null!;

    /// <summary>How many of them nobody knows any more to be so.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobStatus, int> Unknown { get; set; } = StatusCounts.None;

    /// <summary>Empty for all.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<JobStatus> Wanted { get; set; } = null!;

    [Parameter]
    public EventCallback<IReadOnlySet<JobStatus>> WantedChanged { get; set; }

    // What is looked for stays, so that it can be pressed again when none is left.
    private IEnumerable<(JobStatus Status, int Count)> Shown() =>
        StatusLook.Order.Select(status => (status, Counts.GetValueOrDefault(status))).Where(entry => entry.Item2 > 0 || Wanted.Contains(entry.status));

    private Task ToggleAsync(JobStatus status)
    {
        var wanted = Wanted.ToHashSet();
        if (!wanted.Remove(status))
        {
            wanted.Add(status);
        }

        return WantedChanged.InvokeAsync(wanted);
    }
}
