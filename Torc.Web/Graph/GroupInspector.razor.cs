using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;

namespace Torc.Web.Graph;

/// <summary>What is known of a group of jobs: how they stand, what they ask for and why some failed.</summary>
public sealed partial class GroupInspector
{
    /// <summary>More kinds of failures are no help.</summary>
    private const int MostReasons = 5;

    private const int MostValues = 8;

    [Parameter, EditorRequired]
    public JobGroup Group { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowDefinition Workflow { get; set; } = null!;

    /// <summary>All jobs of the workflow, in the order of the spec.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobView> Jobs { get; set; } = null!;

    /// <summary>How many jobs of the group have each status.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<JobStatus, int> Counts { get; set; } = null!;

    /// <summary>How many of them nobody knows any more to be so.</summary>
    [Parameter]
    public IReadOnlyDictionary<JobStatus, int> Unknown { get; set; } = StatusCounts.None;

    /// <summary>The address of the group's jobs as a table.</summary>
    [Parameter, EditorRequired]
    public string Table { get; set; } = null!;

    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>Without a listener the group is too large to be drawn.</summary>
    [Parameter]
    public EventCallback Opened { get; set; }

    [Parameter]
    public EventCallback Gridded { get; set; }

    /// <summary>Somebody chose a job, by its name.</summary>
    [Parameter]
    public EventCallback<string> Chosen { get; set; }

    private string Needs()
    {
        var needs = Group.Jobs.Select(job => (Workflow.Jobs[job].Needs, Workflow.Jobs[job].RequirementsName)).Distinct().Take(2).ToList();
        var (first, name) = needs[0];
        return $"{RequirementsText.ForPeople(first)}{(name is null ? "" : $" ({name})")}{(needs.Count > 1 ? "; others ask for something else" : "")}";
    }

    private IEnumerable<(string Name, string Values)> Parameters() =>
        Group.Jobs.SelectMany(job => JobParameters.Read(Workflow.Jobs[job].Parameters))
            .GroupBy(parameter => parameter.Name, parameter => parameter.Value)
            .Select(parameter => (parameter.Key, Values(parameter.Distinct().ToList())));

    private static string Values(List<string> values) => values.Count <= MostValues
        ? string.Join(", ", values)
        : string.Create(CultureInfo.InvariantCulture, $"{values[0]} … {values[^1]}, {values.Count:N0} values");

    private List<(string Reason, IReadOnlyList<JobView> Jobs)> Reasons()
    {
        if (!Counts.ContainsKey(JobStatus.Failed) && !Counts.ContainsKey(JobStatus.PendingFailed))
        {
            return [];
        }

        return
        [
            .. Group.Jobs.Select(job => Jobs[job])
                .Where(job => job.Status is JobStatus.Failed or JobStatus.PendingFailed)
                .GroupBy(job => job.Reason ?? (job.Outcome is { } outcome ? OutcomeText.ForPeople(outcome) : StatusLook.Of(job.Status).Word))
                .Select(same => (Reason: same.Key, Jobs: (IReadOnlyList<JobView>)[.. same]))
                .OrderByDescending(same => same.Jobs.Count)
                .Take(MostReasons),
        ];
    }
}
