using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Graph;
using Xunit;

namespace Torc.Tests.Graphs;

public sealed class GridOrderTests
{
    [Fact]
    public void Two_parameters_are_rows_and_columns_and_others_make_rows_of_their_own() => Assert.Equal(
        """
             | 1 2 10
        fast | a b -
             | c - -
        slow | d e f
        """,
        Draw("lr.i", ("a", "fast", "1", "x"), ("b", "fast", "2", "x"), ("c", "fast", "1", "y"), ("d", "slow", "1", "x"), ("f", "slow", "10", "x"), ("e", "slow", "2", "x")));

    [Fact]
    public void Two_jobs_with_the_same_values_have_a_cell_each() => Assert.Equal(
        """
          | 1 2
        1 | a c
          | b -
        """,
        Draw("lr.i", ("a", "1", "1", "x"), ("b", "1", "1", "x"), ("c", "1", "2", "x")));

    [Fact]
    public void A_table_that_would_be_nearly_empty_is_a_row_and_says_so()
    {
        var plan = Arrange("lr.i", [.. Enumerable.Range(0, 40).Select(number => ($"j{number}", $"{40 - number}", $"{number}", "x"))]);

        Assert.Equal("A table of lr and i would be nearly empty: the cells are sorted by lr.", plan.Note);
        Assert.Empty(plan.Columns);
        Assert.Equal(Enumerable.Range(0, 40).Reverse(), plan.Cells);
    }

    [Fact]
    public void Numbers_are_sorted_as_numbers_and_an_order_that_there_is_not_is_that_of_the_spec()
    {
        (string, string, string, string)[] jobs = [("a", "10", "1", "x"), ("b", "9", "2", "x"), ("c", "high", "3", "x")];

        Assert.Equal([1, 0, 2], Arrange("lr", jobs).Cells);
        Assert.Equal([0, 1, 2], Arrange("nothing.i", jobs).Cells);
    }

    private static string Draw(string order, params (string Name, string Lr, string I, string Mode)[] jobs)
    {
        var plan = Arrange(order, jobs);
        int width = plan.Rows.Max(row => row.Length);
        var lines = plan.Rows.Select((row, index) => $"{row.PadRight(width)} | {string.Join(' ', plan.Cells.Skip(index * plan.Columns.Count).Take(plan.Columns.Count).Select(job => job == GridPlan.Empty ? "-" : jobs[job].Name))}");
        return string.Join('\n', lines.Prepend($"{new string(' ', width)} | {string.Join(' ', plan.Columns)}"));
    }

    private static GridPlan Arrange(string order, params (string Name, string Lr, string I, string Mode)[] jobs)
    {
        var like = Diamond.Wide(2).Jobs[1];
        var workflow = Diamond.Definition with
        {
            Jobs = [.. jobs.Select(job => like with { Name = job.Name, Parameters = JobParameters.Write([("lr", job.Lr), ("i", job.I), ("mode", job.Mode)]) })],
        };
        var views = jobs.Select((job, position) => new JobView(new JobId(position + 1), position, job.Name, JobStatus.Ready, 0, null, null, null, null, null, null, null, 1)).ToList();
        return GridOrder.Arrange(workflow, new JobGroup("g", [.. Enumerable.Range(0, jobs.Length)]), views, order);
    }
}
