using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;
using Torc.Web.Jobs;

namespace Torc.Web.Graph;

/// <summary>Chooses what the graph shows. It keeps nothing itself: all of it is in the address of the page.</summary>
public sealed partial class GraphBar
{
    private static readonly (GraphLens Lens, string Word, string Title)[] Lenses =
    [
        (GraphLens.Files, "Files", "Jobs with the files and user data that they need and produce"),
        (GraphLens.Jobs, "Jobs", "Which job waits for which"),
        (GraphLens.Needs, "Needs", "What jobs ask for: CPUs, memory, GPUs, time"),
        (GraphLens.Data, "Data", "User data, and the jobs that store and read it"),
    ];

    private static readonly int[] StepChoices = [0, 1, 2, 3, 5, GraphFocus.All];

    [Parameter, EditorRequired]
    public GraphView View { get; set; } = null!;

    [Parameter]
    public EventCallback<GraphView> Changed { get; set; }

    /// <summary>How many jobs of the workflow have each status.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<JobStatus, int> Counts { get; set; } = null!;

    /// <summary>How many of them nobody knows any more to be so.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobStatus, int> Unknown { get; set; } = StatusCounts.None;

    /// <summary>The statuses that are looked for; empty for all.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<JobStatus> Wanted { get; set; } = null!;

    [Parameter]
    public EventCallback<IReadOnlySet<JobStatus>> WantedChanged { get; set; }

    [Parameter, EditorRequired]
    public Func<string, JobHits> Find { get; set; } = null!;

    /// <summary>Somebody chose a job that a search found, by its name.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    /// <summary>The search that decides what is shown; null for everything.</summary>
    [Parameter]
    public string? Query { get; set; }

    [Parameter]
    public EventCallback<string?> Kept { get; set; }

    [Parameter]
    public bool IsCritical { get; set; }

    [Parameter]
    public EventCallback<bool> CriticalChanged { get; set; }

    [Parameter]
    public bool Follow { get; set; }

    [Parameter]
    public EventCallback<bool> FollowChanged { get; set; }

    private Task RegroupAsync(ChangeEventArgs change) => Changed.InvokeAsync(View with { Grouping = Enum.Parse<GraphGrouping>((string)change.Value!), Opened = [], Closed = [] });

    private Task RefocusAsync(GraphFocus? focus) => Changed.InvokeAsync(View with { Focus = focus });

    private static int Steps(ChangeEventArgs change) => int.Parse((string)change.Value!, CultureInfo.InvariantCulture);

    private static string StepWord(int steps) => steps == GraphFocus.All ? "all" : steps.ToString(CultureInfo.InvariantCulture);
}
