using Bunit;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class TimeLeftTextTests : PageTest
{
    [Theory]
    [InlineData(3, 0, "about 10 s left")]
    [InlineData(44, 0, "about 40 s left")]
    [InlineData(754, 0, "about 13 min left")]
    [InlineData(754, 1, "at most 13 min left")]
    [InlineData(722, 0, "about 12 min left")]
    [InlineData(722, 1, "at most 13 min left")]
    [InlineData(4_900, 0, "about 1 h 20 min left")]
    [InlineData(100_000, 0, "about 1 d 4 h left")]
    public void It_is_no_more_exact_than_it_is_known_and_what_is_promised_as_the_most_is_never_less(int seconds, int byRequest, string expected) =>
        Assert.Equal(expected, TimeLeftWords.Of(new TimeLeft(TimeSpan.FromSeconds(seconds), 3, 0, byRequest)));

    [Fact]
    public void It_is_said_of_how_many_jobs_it_is_known_how() => Assert.Equal(
        "What each job takes is known: of 56 jobs by how long jobs like it took, of 1 job by the runtime that it asks for and may not exceed.",
        TimeLeftWords.How(new TimeLeft(TimeSpan.FromMinutes(1), 56, 0, 1)));

    [Fact]
    public void It_stands_beside_a_workflow_as_long_as_that_runs()
    {
        var id = Workflows.Add(Diamond.Definition);
        TimesLeft.Left = new TimeLeft(TimeSpan.FromMinutes(12), 3, 0, 0);
        var list = Render<WorkflowList>();
        list.WaitForElement("[data-testid=workflow-row]");
        Assert.Empty(list.FindAll("[data-testid=time-left]"));

        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));
        Assert.Equal("about 12 min left", list.WaitForElement("[data-testid=time-left]").TextContent);

        Workflows.Move(id, FakeWorkflows.Start, [.. Diamond.Definition.Jobs.Select(job => (job.Name, JobStatus.Completed, (string?)null))]);
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[data-testid=time-left]")));
    }
}
