using Bunit;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class JobActionsTests : PageTest
{
    private readonly WorkflowId _id;
    private readonly List<string> _rerun = [];

    public JobActionsTests() => _id = Workflows.Add(Diamond.Definition);

    [Fact]
    public void A_running_job_is_stopped_after_it_was_said_what_that_means_and_how_it_is_typed()
    {
        Workflows.Move(_id, FakeWorkflows.Start, ("work2", JobStatus.Running, null));
        var actions = Show("work2");

        actions.Find("[data-testid=job-stop]").Click();
        Assert.Equal("Stop work2? It ends on n1. What waits for it is cancelled.", actions.Find("[data-testid=job-ask] p").TextContent);
        Assert.Equal("torc stop 1 --job work2", actions.Find("[data-testid=command]").TextContent);
        Assert.Empty(Desk.Done);
        actions.Find("[data-testid=job-do]").Click();

        actions.WaitForAssertion(() => Assert.Empty(actions.FindAll("[data-testid=job-ask]")));
        Assert.Equal(["stop 1 work2"], Desk.Done);
    }

    [Fact]
    public void A_refusal_is_told_where_it_was_asked_for()
    {
        Workflows.Move(_id, FakeWorkflows.Start, ("work2", JobStatus.Running, null));
        Desk.Refusal = "All of them are being ended already.";
        var actions = Show("work2");

        actions.Find("[data-testid=job-stop]").Click();
        actions.Find("[data-testid=job-do]").Click();

        Assert.Equal("All of them are being ended already.", actions.WaitForElement("[data-testid=job-refusal]").TextContent);
    }

    [Theory]
    [InlineData(JobStatus.Running, "turn-off", "What is on a node cannot be turned off: stop work2 first.")]
    [InlineData(JobStatus.Running, "change-needs", "Jobs wait or run by the spec that the workflow has. What they ask for can be changed when it has ended.")]
    [InlineData(JobStatus.Completed, "stop", "work2 neither waits nor runs.")]
    [InlineData(JobStatus.Blocked, "turn-off", null)]
    [InlineData(JobStatus.Disabled, "turn-on", null)]
    [InlineData(JobStatus.PendingFailed, "stop", null)]
    public void What_does_not_apply_is_disabled_and_says_why(JobStatus status, string action, string? reason)
    {
        Workflows.Move(_id, FakeWorkflows.Start, ("work2", status, null));

        var actions = Show("work2");

        Assert.Equal(reason is not null, actions.Find($"[data-testid=job-{action}]").HasAttribute("disabled"));
        Assert.Equal(reason, actions.Find($"span:has([data-testid=job-{action}])").GetAttribute("title"));
    }

    [Fact]
    public void Of_several_jobs_only_those_are_turned_off_that_can_be()
    {
        Workflows.Move(_id, FakeWorkflows.Start, ("work1", JobStatus.Running, null), ("work2", JobStatus.Ready, null), ("postprocess", JobStatus.Disabled, null));
        var actions = Show("work1", "work2", "postprocess");

        actions.Find("[data-testid=job-turn-off]").Click();
        Assert.StartsWith("Turn off work2? No run starts it", actions.Find("[data-testid=job-ask] p").TextContent, StringComparison.Ordinal);
        Assert.Equal("torc turn-off 1 --job work2", actions.Find("[data-testid=command]").TextContent);
        actions.Find("[data-testid=job-do]").Click();

        actions.WaitForAssertion(() => Assert.Equal(["turn off 1 work2"], Desk.Done));
    }

    [Fact]
    public void Selected_jobs_are_handed_on_to_the_rerun_dialog_by_name()
    {
        Workflows.Move(_id, FakeWorkflows.Start, ("work1", JobStatus.Completed, null), ("work2", JobStatus.Failed, null));
        var actions = Show("work1", "work2");

        actions.Find("[data-testid=jobs-rerun]").Click();

        Assert.Equal(["work1", "work2"], _rerun);
    }

    [Fact]
    public void What_a_job_asks_for_becomes_a_version_of_the_spec_after_its_lines_were_seen()
    {
        var actions = Show("work2");
        actions.Find("[data-testid=job-change-needs]").Click();
        Assert.Equal(("1", "512m", "5 min"), (Value(actions, "needs-cpus"), Value(actions, "needs-memory"), Value(actions, "needs-runtime")));
        Assert.True(actions.Find("[data-testid=needs-save]").HasAttribute("disabled"));

        actions.Find("[data-testid=needs-memory]").Change("1g");
        actions.Find("[data-testid=needs-cpus]").Change("2");
        actions.Find("[data-testid=job-ask]").Submit();
        actions.WaitForAssertion(() => Assert.Equal(["−memory: 512m", "+memory: 1g"], actions.FindAll("[data-testid=rerun-spec-line]").Select(line => line.TextContent)));
        Assert.Equal("torc resources 1 --set work2.memory=1g --set work2.cpus=2", actions.Find("[data-testid=command]").TextContent);
        Assert.Empty(Desk.Done);
        actions.Find("[data-testid=needs-save]").Click();

        actions.WaitForAssertion(() => Assert.Equal(["needs 1 v2 work2 2 1g"], Desk.Done));
        Assert.Empty(actions.FindAll("[data-testid=job-ask]"));
    }

    [Fact]
    public void What_is_no_amount_and_what_is_so_already_are_told_beside_the_fields()
    {
        var actions = Show("work2");
        actions.Find("[data-testid=job-change-needs]").Click();

        actions.Find("[data-testid=needs-memory]").Change("450");
        actions.Find("[data-testid=needs-cpus]").Change("0");
        actions.Find("[data-testid=job-ask]").Submit();
        Assert.Equal(["CPUs must be a whole number from 1 on, not “0”.", "Memory must have a unit: 450 what? Write 450m or 450g."], actions.FindAll("[data-testid=needs-problem]").Select(problem => problem.TextContent));
        actions.Find("[data-testid=needs-memory]").Change("512m");
        actions.Find("[data-testid=needs-cpus]").Change("1");
        actions.Find("[data-testid=job-ask]").Submit();

        Assert.Equal("That is what is asked for already.", actions.WaitForElement("[data-testid=job-refusal]").TextContent);
        Assert.True(actions.Find("[data-testid=needs-save]").HasAttribute("disabled"));
    }

    [Fact]
    public void A_spec_that_cannot_be_changed_so_says_why()
    {
        Desk.NeedsRefusal = "A file of commands has no place for what a job asks for.";
        var actions = Show("work2");
        actions.Find("[data-testid=job-change-needs]").Click();
        actions.Find("[data-testid=needs-memory]").Change("1g");

        actions.Find("[data-testid=job-ask]").Submit();

        Assert.Equal(Desk.NeedsRefusal, actions.WaitForElement("[data-testid=job-refusal]").TextContent);
        Assert.True(actions.Find("[data-testid=needs-save]").HasAttribute("disabled"));
    }

    [Fact]
    public void Jobs_that_ask_for_different_things_keep_what_is_left_empty()
    {
        var actions = Show("preprocess", "work2");
        actions.Find("[data-testid=job-change-needs]").Click();
        Assert.Equal(("1", null, null), (Value(actions, "needs-cpus"), Value(actions, "needs-memory"), Value(actions, "needs-runtime")));

        actions.Find("[data-testid=needs-memory]").Change("512m");
        actions.Find("[data-testid=job-ask]").Submit();

        actions.WaitForAssertion(() => Assert.Equal("torc resources 1 --set preprocess.memory=512m", actions.Find("[data-testid=command]").TextContent));
    }

    private static string? Value(IRenderedComponent<JobActions> actions, string field) => actions.Find($"[data-testid={field}]").GetAttribute("value");

    private IRenderedComponent<JobActions> Show(params string[] jobs) =>
        Render<JobActions>(parameters =>
        {
            parameters.Add(actions => actions.Workflow, Workflows.Now(_id)).Add(actions => actions.Definition, Diamond.Definition).Add(actions => actions.Jobs, [.. jobs.Select(job => Workflows.Job(_id, job))]);
            if (jobs.Length > 1)
            {
                parameters.Add(actions => actions.Cleared, () => { }).Add(actions => actions.Rerun, (IReadOnlyList<string> names) => _rerun.AddRange(names));
            }
        });
}
