using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Torc.Web.Data.Doctor;
using Torc.Web.Engine;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Runs that follow runs, in the engine and its database.</summary>
public sealed class RerunEngineTests : IAsyncLifetime
{
    private const string Chain = "raw > a > x | x > b > y";

    private EngineHost _host = null!;
    private EngineHost.FakeAgent _agent = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await EngineHost.StartAsync();
        _agent = _host.Agent(cpus: 1);
        await _agent.HelloAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever a test has done, the database is as it must be.
        var examined = await DatabaseDoctor.ExamineAsync(_host.Database, CancellationToken.None);
        await _host.DisposeAsync();
        Assert.Empty(examined.Violations);
    }

    [Fact]
    public async Task A_workflow_that_had_ended_runs_again_and_a_server_that_is_killed_meanwhile_goes_on_with_it()
    {
        var workflow = await DoneAsync();

        Assert.True(await RerunAsync(workflow, [0, 1]));
        Assert.Equal("a Ready, b Blocked", await _host.StatusesAsync(workflow));
        Assert.Equal(["a"], await _agent.ReportAsync());
        await _host.KillAndStartAgainAsync();
        await _agent.HelloAsync();
        Assert.Equal(["b"], await _agent.ReportAsync(_agent.Ended()));
        await _agent.ReportAsync(_agent.Ended());

        var view = (await _host.Queries.FindAsync(workflow, Cancel))!;
        Assert.Equal((WorkflowStatus.Completed, 2), (view.Status, view.Run));
        Assert.Equal([2, 2], (await _host.Queries.JobsAsync(workflow, Cancel)).Select(job => job.Attempt));
    }

    [Fact]
    public async Task Jobs_are_turned_off_and_on_again_also_after_the_end_and_a_server_that_is_killed_knows_it()
    {
        var desk = new JobDesk(_host.Engine, _host.Store);
        var workflow = await DoneAsync();
        Assert.Equal(new JobAnswer.Done(1), await desk.TurnAsync(workflow, ["a"], on: false, "ann", dryRun: true, Cancel));
        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));

        Assert.Equal(new JobAnswer.Done(1), await desk.TurnAsync(workflow, ["a"], on: false, "ann", dryRun: false, Cancel));
        Assert.Equal(new JobAnswer.Refused("These jobs are off already."), await desk.TurnAsync(workflow, ["a"], on: false, "ann", dryRun: false, Cancel));
        Assert.Equal(new JobAnswer.NoJob("c"), await desk.TurnAsync(workflow, ["c"], on: false, "ann", dryRun: false, Cancel));
        Assert.Equal(new JobAnswer.NoWorkflow(), await desk.TurnAsync(new WorkflowId(77), ["a"], on: false, "ann", dryRun: false, Cancel));
        await _host.KillAndStartAgainAsync();
        await _agent.HelloAsync();
        var view = (await _host.Queries.JobsAsync(workflow, Cancel))[0];
        Assert.Equal((JobStatus.Disabled, "Turned off by ann: no run starts it."), (view.Status, view.Reason));
        Assert.True(await RerunAsync(workflow, [0, 1]));
        Assert.Equal("a Disabled, b Ready", await _host.StatusesAsync(workflow));

        desk = new JobDesk(_host.Engine, _host.Store);
        Assert.Equal(new JobAnswer.Done(1), await desk.TurnAsync(workflow, ["a"], on: true, "ann", dryRun: false, Cancel));
        Assert.Equal(["b"], await _agent.ReportAsync());
        await _agent.ReportAsync(_agent.Ended());
        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));
        Assert.Equal(new JobAnswer.Refused("None of these jobs is off."), await desk.TurnAsync(workflow, ["a", "b"], on: true, "ann", dryRun: false, Cancel));
    }

    [Fact]
    public async Task A_job_that_waits_is_turned_off_in_its_run_and_its_place_in_the_queue_goes_with_it()
    {
        var desk = new JobDesk(_host.Engine, _host.Store);
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x | raw > b > y"));

        Assert.Equal(new JobAnswer.Done(1), await desk.TurnAsync(workflow, ["a"], on: false, "ann", dryRun: false, Cancel));

        Assert.Equal(["b"], await _agent.ReportAsync());
        Assert.Equal(new JobAnswer.Refused("A job that is on a node cannot be turned off. Stop it first, or wait for its end."), await desk.TurnAsync(workflow, ["b"], on: false, "ann", dryRun: false, Cancel));
        Assert.Equal([], await _agent.ReportAsync(_agent.Ended()));
        Assert.Equal("a Disabled, b Completed", await _host.StatusesAsync(workflow));
        Assert.Equal(WorkflowStatus.Completed, (await _host.Queries.FindAsync(workflow, Cancel))!.Status);
    }

    [Fact]
    public async Task A_job_that_runs_is_let_come_to_its_end_and_then_runs_once_more()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Chain));
        Assert.Equal(["a"], await _agent.ReportAsync());
        await _agent.ReportAsync(_agent.Started());

        Assert.True(await RerunAsync(workflow, [0, 1]));
        Assert.Empty(_agent.Stops);
        Assert.Equal(["a"], await _agent.ReportAsync(_agent.Ended()));
        Assert.Equal("a Pending, b Blocked", await _host.StatusesAsync(workflow));
        Assert.Equal(["b"], await _agent.ReportAsync(_agent.Ended()));
        await _agent.ReportAsync(_agent.Ended());

        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));
        Assert.Equal([2, 1], (await _host.Queries.JobsAsync(workflow, Cancel)).Select(job => job.Attempt));
    }

    [Fact]
    public async Task An_action_is_done_once_in_each_run_though_the_second_begins_while_the_first_goes_on()
    {
        var workflow = await _host.CreateAsync(Reading.Definition("""
            name: w
            jobs: [{name: a, command: x}]
            actions:
              - {trigger_type: on_workflow_start, action_type: run_commands, commands: [x]}
              - {trigger_type: on_workflow_complete, action_type: run_commands, commands: [x]}
            """));
        Assert.Equal(["on_workflow_start"], await _agent.ReportAsync());
        Assert.Equal(["a"], await _agent.ReportAsync(_agent.Ended()));

        Assert.True(await RerunAsync(workflow, [0, 1, 2]));
        await _host.KillAndStartAgainAsync();
        await _agent.HelloAsync();
        Assert.Equal(["on_workflow_start"], await _agent.ReportAsync(_agent.Ended()));
        Assert.Equal(["a"], await _agent.ReportAsync(_agent.Ended()));
        Assert.Equal(["on_workflow_complete"], await _agent.ReportAsync(_agent.Ended()));
        await _agent.ReportAsync(_agent.Ended());

        Assert.Equal((WorkflowStatus.Completed, 2), ((await _host.Queries.FindAsync(workflow, Cancel))!.Status, (await _host.Queries.FindAsync(workflow, Cancel))!.Run));
        Assert.Equal(
            "a 2 , on_workflow_start 2 OnWorkflowStart, on_workflow_complete 1 OnWorkflowComplete",
            string.Join(", ", (await _host.Queries.JobsAsync(workflow, Cancel)).Select(job => $"{job.Name} {job.Attempt} {job.Trigger}")));
        Assert.Equal([null, ActionTrigger.OnWorkflowStart, ActionTrigger.OnWorkflowComplete], (await _host.Store.FindAsync(workflow, Cancel))!.State.Definition.Jobs.Select(job => job.Trigger));
    }

    [Fact]
    public async Task A_job_that_runs_is_ended_for_its_next_attempt_if_that_is_wanted()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Chain));
        await _agent.ReportAsync();

        Assert.True(await RerunAsync(workflow, [0, 1], stop: true));
        await _agent.ReportAsync();

        Assert.Equal("ann runs it again", Assert.Single(_agent.Stops).Reason);
        Assert.Equal(["a"], await _agent.ReportAsync(_agent.Ended(exitCode: 143)));
        Assert.Equal("a Pending, b Blocked", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task However_often_reruns_are_asked_for_while_a_job_runs_it_starts_once_more_and_both_results_are_kept()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Chain));
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Started());

        Assert.True(await RerunAsync(workflow, [0, 1]));
        Assert.True(await RerunAsync(workflow, [0, 1]));
        Assert.Equal([], await _agent.ReportAsync());
        Assert.Equal(["a"], await _agent.ReportAsync(_agent.Ended(exitCode: 3)));
        Assert.Equal(["b"], await _agent.ReportAsync(_agent.Ended()));
        Assert.Equal([], await _agent.ReportAsync(_agent.Ended()));

        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));
        var first = (await _host.Runs.CompareAsync(workflow, before: 1, after: 3, Cancel))[0];
        Assert.Equal((1, 3), (first.Before!.Attempt, first.Before.Outcome!.ExitCode));
        Assert.Equal((2, 0), (first.After!.Attempt, first.After.Outcome!.ExitCode));
    }

    [Fact]
    public async Task A_hundred_thousand_files_of_one_attempt_come_in_parts_and_again_from_an_agent_that_was_started_anew()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x"));
        await _agent.ReportAsync();
        RecordedFile[] files = [.. Enumerable.Range(0, 100_000).Select(number => new RecordedFile($"part {number}", FileState.Present, new FileIdentity(number, 1, 2, 3, 4)))];
        var end = (AttemptEnded)_agent.Ended() with { Files = new AttemptFiles(files, [files[0]]) };
        AttemptReport[] parts = [.. FileRecords.InParts(end)];
        Assert.Equal(["files", "ended"], parts.Select(part => part is AttemptEnded ? "ended" : "files").Distinct());
        foreach (var part in parts[..2])
        {
            await _agent.ReportAsync(part);
        }

        await _agent.DisconnectAsync();
        await _agent.HelloAsync(ended: [end.Attempt]);
        foreach (var part in parts)
        {
            Assert.Equal("a Pending", await _host.StatusesAsync(workflow));
            await _agent.ReportAsync(part);
        }

        Assert.Equal("a Completed", await _host.StatusesAsync(workflow));
        var result = Assert.Single((await _host.Results.OfAsync(workflow, job: null, Cancel)).Results).Value;
        Assert.Equal(files.OrderBy(file => file.Path, StringComparer.Ordinal), result.Inputs.OrderBy(file => file.Path, StringComparer.Ordinal));
        Assert.Equal([files[0]], result.Outputs);
    }

    [Fact]
    public async Task What_is_told_late_of_an_attempt_of_an_earlier_run_changes_nothing()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Chain));
        await _agent.ReportAsync();
        var first = _agent.Held[0];
        await _agent.ReportAsync(EngineHost.FakeAgent.Ended(first, exitCode: 3));
        Assert.Equal("a Failed, b Canceled", await _host.StatusesAsync(workflow));
        await _agent.DisconnectAsync();

        Assert.True(await RerunAsync(workflow, [0, 1]));
        await _agent.HelloAsync();
        Assert.Equal(["a"], await _agent.ReportAsync(EngineHost.FakeAgent.Ended(first, exitCode: 0)));

        Assert.Equal("a Pending, b Blocked", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task Another_spec_keeps_what_jobs_did_and_a_job_that_is_no_more_keeps_its_attempts()
    {
        var workflow = await DoneAsync();
        var loaded = (await _host.Store.FindAsync(workflow, Cancel))!;
        var next = Sketch.Draw("raw > a > x | x > c > z");
        var change = SpecChange.Between(loaded.State.Definition, next, new Dictionary<string, string>());

        await _host.Engine.ChangeAsync((state, commit, now) => state.TryRevise(state.Adopt(loaded)!, next, change.Origins, new SpecSource("next.json", "{}"), now, commit) is not null, Cancel);

        Assert.Equal("a Completed, c Uninitialized", await _host.StatusesAsync(workflow));
        Assert.Equal(["c"], change.Added);
        Assert.Equal(["b"], change.Removed);
        Assert.True(await RerunAsync(workflow, [1]));
        Assert.Equal(["c"], await _agent.ReportAsync());
        await _agent.ReportAsync(_agent.Ended());
        Assert.Equal(WorkflowStatus.Completed, (await _host.Queries.FindAsync(workflow, Cancel))!.Status);
    }

    [Fact]
    public async Task The_spec_of_a_workflow_that_runs_stays()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Chain));
        var loaded = (await _host.Store.FindAsync(workflow, Cancel))!;

        Assert.False(await _host.Engine.ChangeAsync(
            (state, commit, now) => state.TryRevise(state.Adopt(loaded)!, loaded.State.Definition, [0, 1], new SpecSource("next.json", "{}"), now, commit) is not null, Cancel));
    }

    private async Task<WorkflowId> DoneAsync()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Chain));
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Ended());
        await _agent.ReportAsync(_agent.Ended());
        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));
        return workflow;
    }

    private async Task<bool> RerunAsync(WorkflowId workflow, HashSet<int> runs, bool stop = false)
    {
        var loaded = (await _host.Store.FindAsync(workflow, Cancel))!;
        return await _host.Engine.ChangeAsync(
            (state, commit, now) => state.TryRerun(state.Adopt(loaded)!, runs, new HashSet<int>(), stop, RerunScope.All, "ann", now, commit), Cancel);
    }
}
