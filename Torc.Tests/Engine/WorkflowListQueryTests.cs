using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Lists of workflows, as the database makes them.</summary>
public sealed class WorkflowListQueryTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "5 4 3 2 1")]
    [InlineData("name", "2 4 3 1 5")]
    [InlineData("-name", "5 1 3 4 2")]
    [InlineData("project", "5 3 2 1 4")]
    [InlineData("-project", "2 1 5 3 4")]
    [InlineData("status", "4 2 5 1 3")]
    [InlineData("-started_at", "5 2 1 3 4")]
    [InlineData("duration", "5 3 1 2 4")]
    [InlineData("-duration", "2 1 3 5 4")]
    public async Task A_list_has_the_order_that_is_asked_for_and_those_without_a_value_come_last(string? sort, string expected)
    {
        await using var host = await FiveAsync();

        var slice = await host.Queries.SliceAsync(WorkflowFilter.None, WorkflowSort.TryParse(sort) ?? WorkflowSort.NewestFirst, 0, 10, Now, Cancel);

        Assert.Equal(expected, string.Join(' ', slice.Workflows.Select(workflow => workflow.Id)));
        Assert.Equal((5, 5), (slice.Matching, slice.All));
        Assert.Equal(["examples", "wind"], slice.Projects);
        Assert.Equal(["ann", "jdoe"], slice.Users);
    }

    [Fact]
    public async Task A_page_counts_all_that_match_and_of_each_status_what_would_if_none_were_named()
    {
        await using var host = await FiveAsync();
        var filter = new WorkflowFilter("A", [WorkflowStatus.Completed, WorkflowStatus.Failed]);

        var slice = await host.Queries.SliceAsync(filter, WorkflowSort.NewestFirst, 1, 1, Now, Cancel);

        Assert.Equal("3", string.Join(' ', slice.Workflows.Select(workflow => workflow.Id)));
        Assert.Equal(3, slice.Matching);
        Assert.Equal((1, 1, 2, 1), (slice.Counts[WorkflowStatus.Uninitialized], slice.Counts[WorkflowStatus.Running], slice.Counts[WorkflowStatus.Completed], slice.Counts[WorkflowStatus.Failed]));
        Assert.Equal(4, slice.Workflows[0].Counts.Values.Sum());
    }

    [Theory]
    [InlineData("NORTH", null, null, "3 1")]
    [InlineData("2", null, null, "2")]
    [InlineData("%", null, null, "")]
    [InlineData(null, "wind", null, "2 1")]
    [InlineData(null, null, "ann", "5")]
    public async Task A_list_holds_what_is_meant_and_no_pattern(string? text, string? project, string? user, string expected)
    {
        await using var host = await FiveAsync();

        var found = await host.Queries.ListAsync(new WorkflowFilter(text, [], project, user), PageOf.All, Cancel);

        Assert.Equal(expected, string.Join(' ', found.Select(workflow => workflow.Id)));
    }

    [Fact]
    public async Task The_first_page_asks_for_few_of_each_kind_and_for_how_many_there_are()
    {
        await using var host = await FiveAsync();

        var home = await host.Queries.HomeAsync(most: 1, Cancel);

        Assert.Equal(("3", "2", "5"), (Ids(home.Troubled), Ids(home.Running), Ids(home.Ended)));
        Assert.Equal((1, 5, 0), (home.AllTroubled, home.All, home.Archived));
        await host.ExecuteAsync($"UPDATE jobs SET status = {(int)JobStatus.PendingFailed} WHERE workflow_id = 2 AND position = 0");
        Assert.Equal(("2 3", 2), (Ids((await host.Queries.HomeAsync(most: 9, Cancel)).Troubled), (await host.Queries.HomeAsync(most: 1, Cancel)).AllTroubled));

        static string Ids(IEnumerable<WorkflowView> workflows) => string.Join(' ', workflows.Select(workflow => workflow.Id));
    }

    // 1 ran an hour and is done, 2 runs for two, 3 failed after ten minutes, 4 is a draft, 5 was done at once.
    private static async Task<EngineHost> FiveAsync()
    {
        var host = await EngineHost.StartAsync();
        (string Name, string? Project, string? User, WorkflowStatus Status, int? Started, int? Ended)[] rows =
        [
            ("north again", "wind", "jdoe", WorkflowStatus.Completed, 180, 120),
            ("alpha", "wind", "jdoe", WorkflowStatus.Running, 120, null),
            ("North A", "examples", "jdoe", WorkflowStatus.Failed, 200, 190),
            ("beta", null, "jdoe", WorkflowStatus.Uninitialized, null, null),
            ("zeta", "examples", "ann", WorkflowStatus.Completed, 60, 60),
        ];
        foreach (var row in rows)
        {
            var id = await host.CreateAsync(Diamond.Definition with { Name = row.Name, Project = row.Project, User = row.User }, start: false);
            await host.ExecuteAsync(FormattableString.Invariant(
                $"UPDATE workflows SET status = {(int)row.Status}, started_at = {At(row.Started)}, ended_at = {At(row.Ended)} WHERE id = {id.Value}"));
        }

        return host;
    }

    private static string At(int? minutesAgo) => minutesAgo is { } minutes ? FormattableString.Invariant($"{Now.AddMinutes(-minutes).ToUnixTimeMilliseconds()}") : "NULL";
}
