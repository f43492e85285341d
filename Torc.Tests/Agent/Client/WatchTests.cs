using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Agent.Client;

/// <summary>What <c>torc watch</c> says of jobs whose node is not heard.</summary>
public sealed class WatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 2, 11, TimeSpan.Zero);
    private static readonly JobView Runs = Job(0, "work1");
    private static readonly JobView Lost = Job(1, "work2") with { UnknownSince = Start.AddMinutes(1), Reason = "Unknown: node n1 was not heard." };

    [Fact]
    public void A_line_says_since_when_nobody_knows() => Assert.Equal(
        """
        2026-05-04T14:02:11Z RUNNING work1 attempt=1 node=n1
        2026-05-04T14:02:11Z RUNNING work2 attempt=1 node=n1 unknown_since=2026-05-04T14:03:11Z
        """,
        string.Join('\n', new[] { Runs, Lost }.Select(job => WatchLine.Text(WatchLine.Of(job, details: null, Start)))));

    [Fact]
    public void On_a_terminal_it_is_unknown_and_not_running()
    {
        var lines = WatchScreen.Lines(Workflow(2), [Runs, Lost], "http://localhost/workflows/1", width: 100, Start.AddSeconds(5));

        Assert.Contains("  running 1 · unknown 1 · failed 0  ", lines[0].Text, StringComparison.Ordinal);
        Assert.Equal(" work1 ▶ running        5 s", lines[1].Text);
        Assert.Equal(" work2 ? unknown        5 s                         Unknown: node n1 was not heard.", lines[2].Text);
    }

    [Fact]
    public void Many_like_jobs_are_counted_apart_from_those_of_which_nobody_knows()
    {
        var jobs = Enumerable.Range(0, 40).Select(number => (number < 3 ? Lost : Runs) with { Position = number, Name = $"work{number}" }).ToList();

        Assert.Equal(" work ×40 ░░░░░░░░░░ 0/40  3 unknown, 37 running", WatchScreen.Lines(Workflow(40), jobs, "", width: 100, Start)[1].Text);
    }

    [Fact]
    public void The_counts_of_a_workflow_say_of_how_many_nobody_knows() => Assert.Equal(
        "3 running (2 unknown)", Progress.Counts(Workflow(3) with { Unknown = new Dictionary<JobStatus, int> { [JobStatus.Running] = 2 } }));

    private static WorkflowView Workflow(int running) => new(
        new WorkflowId(1), "w", null, null, null, WorkflowStatus.Running, 1, new Dictionary<JobStatus, int> { [JobStatus.Running] = running }, "/jobs", Start, Start, null, 1, 1);

    private static JobView Job(int position, string name) => new(new JobId(position + 1), position, name, JobStatus.Running, 1, null, "n1", null, Start, null, null, null, 1);
}
