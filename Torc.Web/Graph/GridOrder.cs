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

    // A table with more cells for each of its jobs is so empty that a row of cells shows more.
    private const int MostCellsPerJob = 8;

    private static readonly Comparer<string> ByValue = Comparer<string>.Create(CompareValues);

    /// <summary>Every order that a group can have, and what people read for it; those of its parameters last: of one, <c>lr</c>, and of two, <c>lr.seed</c> with a row for each <c>lr</c>.</summary>
    public static IReadOnlyList<(string Order, string Words)> Of(WorkflowDefinition workflow, JobGroup group)
    {
        string[] parameters = Parameters(workflow, group);
        return
        [
            .. new[] { ByIndex, ByStatus, ByDuration, ByNode }.Concat(parameters).Select(order => (order, order)),
            .. Tables(parameters).Select(table => (table.Order, $"{table.Down} down, {table.Across} across")),
        ];
    }

    /// <param name="jobs">All jobs of the workflow, in the order of the spec.</param>
    /// <param name="order">One of <see cref="Of"/>; any other is that of the spec. What is equal stays as in the spec.</param>
    public static GridPlan Arrange(WorkflowDefinition workflow, JobGroup group, IReadOnlyList<JobView> jobs, string order) => order switch
    {
        ByIndex => GridPlan.Row([.. group.Jobs]),
        ByStatus => GridPlan.Row([.. group.Jobs.OrderBy(job => jobs[job].Status)]),
        ByDuration => GridPlan.Row([.. group.Jobs.OrderByDescending(job => jobs[job].EndedAt - jobs[job].StartedAt)]),
        ByNode => GridPlan.Row([.. group.Jobs.OrderBy(job => jobs[job].Node, StringComparer.Ordinal)]),
        _ when Parameters(workflow, group) is var parameters && parameters.Contains(order) => GridPlan.Row(ByParameter(workflow, group, order)),
        _ when Tables(Parameters(workflow, group)).FirstOrDefault(table => table.Order == order) is { Order: not null } table => Table(workflow, group, table.Down, table.Across),
        _ => GridPlan.Row([.. group.Jobs]),
    };

    private static string[] Parameters(WorkflowDefinition workflow, JobGroup group) => [.. JobParameters.Read(workflow.Jobs[group.Jobs[0]].Parameters).Select(parameter => parameter.Name)];

    private static IEnumerable<(string Order, string Down, string Across)> Tables(string[] parameters) =>
        parameters.SelectMany(down => parameters.Where(across => across != down).Select(across => ($"{down}.{across}", down, across)));

    private static int[] ByParameter(WorkflowDefinition workflow, JobGroup group, string name) =>
        [.. group.Jobs.OrderBy(job => JobParameters.Find(workflow.Jobs[job].Parameters, name) ?? "", ByValue)];

    // Other parameters than these two make rows of their own, so that every job has a cell.
    private static GridPlan Table(WorkflowDefinition workflow, JobGroup group, string down, string across)
    {
        var jobs = group.Jobs.Select(job =>
        {
            var values = JobParameters.Read(workflow.Jobs[job].Parameters);
            return (
                Job: job,
                Down: ValueOf(values, down),
                Across: ValueOf(values, across),
                Others: string.Join('\n', values.Where(value => value.Name != down && value.Name != across).Select(value => value.Value)));
        }).ToList();
        string[] columns = [.. jobs.Select(job => job.Across).Distinct().Order(ByValue)];
        var places = columns.Index().ToDictionary(column => column.Item, column => column.Index);
        var rows = new List<string>();
        var cells = new List<int[]>();
        string? above = null;
        foreach (var row in jobs.GroupBy(job => (job.Down, job.Others)).OrderBy(row => row.Key.Down, ByValue).ThenBy(row => row.Key.Others, ByValue))
        {
            foreach (var line in row.GroupBy(job => job.Across).SelectMany(same => same.Index()).GroupBy(job => job.Index))
            {
                if ((cells.Count + 1L) * columns.Length > (long)MostCellsPerJob * jobs.Count)
                {
                    return GridPlan.Row(ByParameter(workflow, group, down), $"A table of {down} and {across} would be nearly empty: the cells are sorted by {down}.");
                }

                int[] cellsOfRow = new int[columns.Length];
                Array.Fill(cellsOfRow, GridPlan.Empty);
                foreach (var (_, job) in line)
                {
                    cellsOfRow[places[job.Across]] = job.Job;
                }

                cells.Add(cellsOfRow);
                rows.Add(row.Key.Down == above ? "" : row.Key.Down);
                above = row.Key.Down;
            }
        }

        return new GridPlan([.. cells.SelectMany(row => row)], columns, rows);
    }

    private static string ValueOf(IReadOnlyList<(string Name, string Value)> values, string name) => values.FirstOrDefault(value => value.Name == name).Value ?? "";

    // Numbers before words, each in their own order.
    private static int CompareValues(string? one, string? other)
    {
        int byNumber = (Number(one) ?? double.PositiveInfinity).CompareTo(Number(other) ?? double.PositiveInfinity);
        return byNumber != 0 ? byNumber : string.CompareOrdinal(one, other);
    }

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
