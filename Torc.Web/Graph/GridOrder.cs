using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Web.Graph;

/// <summary>In which order the cells of a grid stand.</summary>
public static class GridOrder
{
    /// <summary>As in the spec.</summary>
    public const string ByIndex = "index";

    private const string ByStatus = "status";
    private const string ByDuration = "duration";
    private const string ByNode = "node";

    /// <summary>Every order that a group can have, those of its parameters last.</summary>
    public static IReadOnlyList<string> Of(WorkflowDefinition workflow, JobGroup group) =>
        [ByIndex, ByStatus, ByDuration, ByNode, .. JobParameters.Read(workflow.Jobs[group.Jobs[0]].Parameters).Select(parameter => parameter.Name)];

    /// <param name="jobs">All jobs of the workflow, in the order of the spec.</param>
    /// <param name="order">One of <see cref="Of"/>; any other is that of the spec.</param>
    /// <returns>The positions of the group's jobs. What is equal stays as in the spec.</returns>
    public static int[] Sort(WorkflowDefinition workflow, JobGroup group, IReadOnlyList<JobView> jobs, string order) => order switch
    {
        ByStatus => [.. group.Jobs.OrderBy(job => jobs[job].Status)],
        ByDuration => [.. group.Jobs.OrderByDescending(job => jobs[job].EndedAt - jobs[job].StartedAt)],
        ByNode => [.. group.Jobs.OrderBy(job => jobs[job].Node, StringComparer.Ordinal)],
        _ when Of(workflow, group).Contains(order) && order != ByIndex => ByParameter(workflow, group, order),
        _ => [.. group.Jobs],
    };

    private static int[] ByParameter(WorkflowDefinition workflow, JobGroup group, string name)
    {
        var values = group.Jobs.Select(job => (Job: job, Text: JobParameters.Find(workflow.Jobs[job].Parameters, name))).ToList();
        return [.. values.OrderBy(value => Number(value.Text) ?? double.PositiveInfinity).ThenBy(value => value.Text, StringComparer.Ordinal).Select(value => value.Job)];
    }

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
