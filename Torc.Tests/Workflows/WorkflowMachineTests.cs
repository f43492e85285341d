using CsCheck;
using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Workflows;

public sealed class WorkflowMachineTests
{
    [Fact]
    public void A_started_workflow_has_its_roots_ready_and_the_rest_blocked()
    {
        var play = new Play(Sketch.Diamond);

        Assert.Equal("preprocess Ready, work1 Blocked, work2 Blocked, postprocess Blocked", play.Statuses);
        Assert.Equal(WorkflowStatus.Running, play.Workflow.Status);
        Assert.Equal(1, play.Workflow.Run);
    }

    [Fact]
    public void A_workflow_starts_once()
    {
        var play = new Play(Sketch.Diamond);

        Assert.Null(WorkflowMachine.TryStart(play.Workflow));
    }

    [Fact]
    public void A_workflow_that_was_put_away_starts_no_run_until_it_is_brought_back()
    {
        var draft = Draft();
        Assert.True(WorkflowMachine.TryArchive(draft, archived: true));
        Assert.False(WorkflowMachine.TryArchive(draft, archived: true));
        Assert.Null(WorkflowMachine.TryStart(draft));

        Assert.True(WorkflowMachine.TryArchive(draft, archived: false));
        Assert.NotNull(WorkflowMachine.TryStart(draft));
        Assert.False(WorkflowMachine.TryArchive(draft, archived: true));

        static WorkflowState Draft() => WorkflowState.Draft(new WorkflowId(1), Sketch.Draw("> a >"), new JobId(1));
    }

    [Fact]
    public void A_workflow_that_was_put_away_when_it_had_ended_does_not_run_again()
    {
        var play = new Play("> a >");
        play.Complete("a");
        Assert.True(WorkflowMachine.TryArchive(play.Workflow, archived: true));

        Assert.Null(WorkflowMachine.TryRerun(play.Workflow, new HashSet<int> { 0 }, new HashSet<int>(), stopReason: null));
    }

    [Fact]
    public void A_job_is_ready_in_the_step_in_which_its_last_blocker_ends()
    {
        var play = new Play(Sketch.Diamond);
        play.Complete("preprocess");
        Assert.Equal("preprocess Completed, work1 Ready, work2 Ready, postprocess Blocked", play.Statuses);

        play.Complete("work1");
        Assert.Equal("preprocess Completed, work1 Completed, work2 Ready, postprocess Blocked", play.Statuses);

        play.Complete("work2");
        Assert.Equal("preprocess Completed, work1 Completed, work2 Completed, postprocess Ready", play.Statuses);
    }

    [Fact]
    public void A_workflow_is_completed_with_its_last_job_and_says_so_once()
    {
        var play = new Play(Sketch.Diamond);
        play.Complete("preprocess");
        play.Complete("work1");
        play.Complete("work2");
        Assert.Null(play.Last.Became);

        play.Complete("postprocess");
        Assert.Equal(WorkflowStatus.Completed, play.Last.Became);

        play.Tell("postprocess", new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 0)));
        Assert.Null(play.Last.Became);
    }

    [Fact]
    public void A_failure_cancels_what_waits_for_it_however_far_away_and_names_what_failed()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2 | f2 > c > f3 | raw > other > f4");

        play.Fail("a");

        Assert.Equal("a Failed, b Canceled, c Canceled, other Ready", play.Statuses);
        Assert.Equal(Sketch.IdOf(play.Workflow, "a"), play.Job("b").FailedBlocker);
        Assert.Equal(Sketch.IdOf(play.Workflow, "a"), play.Job("c").FailedBlocker);
        Assert.Equal(WorkflowStatus.Running, play.Workflow.Status);
    }

    [Fact]
    public void The_join_of_a_diamond_is_canceled_once_though_both_its_blockers_are()
    {
        var play = new Play(Sketch.Diamond);

        play.Fail("preprocess");

        Assert.Equal(["preprocess", "work1", "work2", "postprocess"], play.Last.Moves.Select(play.NameOf));
        Assert.Equal(WorkflowStatus.Failed, play.Last.Became);
    }

    [Fact]
    public void A_join_is_canceled_when_one_branch_fails_while_the_other_still_runs()
    {
        var play = new Play(Sketch.Diamond);
        play.Complete("preprocess");
        play.Assign("work1");

        play.Fail("work2");
        Assert.Equal("preprocess Completed, work1 Pending, work2 Failed, postprocess Canceled", play.Statuses);

        play.Tell("work1", new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 0)));
        Assert.Equal("preprocess Completed, work1 Completed, work2 Failed, postprocess Canceled", play.Statuses);
        Assert.Equal(WorkflowStatus.Failed, play.Workflow.Status);
    }

    [Fact]
    public void A_job_without_the_flag_takes_a_failed_blocker_as_done()
    {
        var play = new Play("raw > a > f1 | raw > b > f2 | f1,f2 > report! > f3");

        play.Fail("a");
        Assert.Equal("a Failed, b Ready, report Blocked", play.Statuses);

        play.Complete("b");
        Assert.Equal("a Failed, b Completed, report Ready", play.Statuses);
    }

    [Fact]
    public void A_late_report_changes_nothing_and_is_refused_with_a_reason()
    {
        var play = new Play(Sketch.Diamond);
        play.Assign("preprocess");
        play.Tell("preprocess", new JobEvent.Returned(1));
        play.Assign("preprocess");

        play.Tell("preprocess", new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 0)));

        Assert.Empty(play.Last.Moves);
        Assert.Equal(4, play.Workflow.Version);
        Assert.Contains("late", Assert.IsType<Transition.Refused>(play.Last.Answer).Why, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Pending, play.Job("preprocess").Status);
    }

    [Fact]
    public void A_workflow_without_jobs_is_completed_when_it_is_started()
    {
        var empty = new WorkflowDefinition("empty", null, null, null, MonitorDefinition.Default, [], [], [], WorkflowGraph.TryBuild(0, [])!);
        var workflow = WorkflowState.Draft(new WorkflowId(1), empty, new JobId(1));

        Assert.Equal(WorkflowStatus.Completed, WorkflowMachine.TryStart(workflow)!.Became);
    }

    [Fact]
    public void A_job_that_a_new_spec_has_brought_holds_up_nothing_before_a_run_takes_it()
    {
        var definition = Sketch.Draw("raw > new > f1 | f1 > old > f2");
        JobState[] jobs = [new(new JobId(1), JobStatus.Uninitialized), new(new JobId(2), JobStatus.Completed, Attempt: 1)];
        var workflow = new WorkflowState(new WorkflowId(1), definition, jobs, WorkflowStatus.Completed, run: 1, version: 7);

        WorkflowMachine.TryRerun(workflow, new HashSet<int> { 1 }, new HashSet<int>(), stopReason: null);
        Assert.Equal("new Uninitialized, old Ready", Sketch.Statuses(workflow));
        WorkflowMachine.Apply(workflow, new JobId(2), new JobEvent.Assigned(new NodeId(7)));
        var last = WorkflowMachine.Apply(workflow, new JobId(2), new JobEvent.Ended(2, new Outcome(OutcomeKind.Exit, 0)));
        Assert.Equal(WorkflowStatus.Completed, last.Became);

        WorkflowMachine.TryRerun(workflow, new HashSet<int> { 0, 1 }, new HashSet<int>(), stopReason: null);
        Assert.Equal("new Ready, old Blocked", Sketch.Statuses(workflow));
    }

    [Fact]
    public void What_waits_for_a_job_goes_on_without_it_when_that_is_turned_off()
    {
        var play = new Play(Sketch.Diamond);
        play.Complete("preprocess");
        play.Complete("work1");

        play.Turn("work2", on: false);
        Assert.Equal("preprocess Completed, work1 Completed, work2 Disabled, postprocess Ready", play.Statuses);

        play.Complete("postprocess");
        Assert.Equal(WorkflowStatus.Completed, play.Workflow.Status);
    }

    [Fact]
    public void The_last_job_of_a_run_ends_it_by_being_turned_off()
    {
        var play = new Play("raw > a > f1 | raw > b > f2");
        play.Complete("a");

        play.Turn("b", on: false);

        Assert.Equal(WorkflowStatus.Completed, play.Last.Became);
    }

    [Fact]
    public void A_job_that_has_a_node_is_not_turned_off()
    {
        var play = new Play(Sketch.Diamond);
        play.Assign("preprocess");

        Assert.Null(play.TryTurn("preprocess", on: false));
        Assert.Equal(JobStatus.Pending, play.Job("preprocess").Status);
    }

    [Fact]
    public void A_draft_starts_without_the_jobs_that_are_off()
    {
        var workflow = WorkflowState.Draft(new WorkflowId(1), Sketch.Draw(Sketch.Diamond), new JobId(1));
        WorkflowMachine.TryTurn(workflow, [1], on: false, "turned off by ann", _ => null);

        WorkflowMachine.TryStart(workflow);

        Assert.Equal("preprocess Ready, work1 Disabled, work2 Blocked, postprocess Blocked", Sketch.Statuses(workflow));
    }

    [Fact]
    public void A_workflow_has_ended_well_once_all_that_failed_is_turned_off_and_runs_leave_it_out()
    {
        var play = new Play("raw > a > f1 | raw > b > f2");
        play.Complete("a");
        play.Fail("b");
        Assert.Equal(WorkflowStatus.Failed, play.Workflow.Status);

        play.Turn("b", on: false);
        Assert.Equal((WorkflowStatus.Completed, null), (play.Workflow.Status, play.Last.Became));
        WorkflowMachine.TryRerun(play.Workflow, new HashSet<int> { 0, 1 }, new HashSet<int>(), stopReason: null);

        Assert.Equal("a Ready, b Disabled", play.Statuses);
    }

    [Fact]
    public void A_job_that_is_turned_on_in_a_run_is_part_of_the_next_one()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2");
        play.Turn("a", on: false);
        Assert.Equal("a Disabled, b Ready", play.Statuses);

        play.Turn("a", on: true);
        Assert.Equal("a Uninitialized, b Ready", play.Statuses);
        play.Complete("b");
        Assert.Equal(WorkflowStatus.Completed, play.Workflow.Status);
        WorkflowMachine.TryRerun(play.Workflow, new HashSet<int> { 0, 1 }, new HashSet<int>(), stopReason: null);

        Assert.Equal("a Ready, b Blocked", play.Statuses);
    }

    [Fact]
    public void A_chain_of_100000_jobs_is_canceled_in_one_step_without_running_out_of_stack()
    {
        const int Length = 100_000;
        var sketch = Sketch.Draw("raw > a > f1");
        var chain = sketch with
        {
            Jobs = [.. Enumerable.Repeat(sketch.Jobs[0], Length)],
            Graph = WorkflowGraph.TryBuild(Length, Enumerable.Range(1, Length - 1).Select(job => (job - 1, job)))!,
        };
        var workflow = WorkflowState.Draft(new WorkflowId(1), chain, new JobId(1));
        WorkflowMachine.TryStart(workflow);
        WorkflowMachine.Apply(workflow, new JobId(1), new JobEvent.Assigned(new NodeId(1)));

        var decision = WorkflowMachine.Apply(workflow, new JobId(1), new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 1)));

        Assert.Equal(Length, decision.Moves.Count);
        Assert.Equal(WorkflowStatus.Failed, decision.Became);
    }

    /// <summary>Whatever the graph, the flags and the ends: a run always ends, and no job starts before its time.</summary>
    [Fact]
    public void Every_run_ends_and_no_job_starts_before_what_it_waits_for_has_ended() =>
        (from size in Gen.Int[1, 12]
         from edges in Gen.Select(Gen.Int[0, size - 1], Gen.Int[0, size - 1]).Where(edge => edge.Item1 < edge.Item2 || size == 1).Array[0, size == 1 ? 0 : 30]
         from flags in Gen.Bool.Array[size]
         from fails in Gen.Bool.Array[size]
         select (size, edges, flags, fails)).Sample(test =>
         {
             var sketch = Sketch.Draw("raw > a > f1");
             var definition = sketch with
             {
                 Jobs = [.. test.flags.Select(flag => sketch.Jobs[0] with { CancelOnBlockingJobFailure = flag })],
                 Graph = WorkflowGraph.TryBuild(test.size, test.edges)!,
             };
             var workflow = WorkflowState.Draft(new WorkflowId(1), definition, new JobId(1));
             WorkflowMachine.TryStart(workflow);
             while (Enumerable.Range(0, test.size).Where(job => workflow.Job(job).Status == JobStatus.Ready).ToList() is { Count: > 0 } ready)
             {
                 int next = ready[0];
                 Assert.All(test.edges.Where(edge => edge.Item2 == next), edge => Assert.True(workflow.Job(edge.Item1).Status.HasEnded()));
                 WorkflowMachine.Apply(workflow, workflow.Job(next).Id, new JobEvent.Assigned(new NodeId(1)));
                 WorkflowMachine.Apply(workflow, workflow.Job(next).Id, new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, test.fails[next] ? 1 : 0)));
             }

             bool bad = Enumerable.Range(0, test.size).Any(job => workflow.Job(job).Status.EndedBadly());
             Assert.Equal(bad ? WorkflowStatus.Failed : WorkflowStatus.Completed, workflow.Status);
             Assert.Equal(test.size, Enum.GetValues<JobStatus>().Sum(workflow.Count));
             Assert.All(Enumerable.Range(0, test.size), job => Assert.Equal(0, workflow.WaitingFor(job)));
         });

    /// <summary>Plays a sketched workflow.</summary>
    private sealed class Play
    {
        public Play(string sketch)
        {
            Workflow = WorkflowState.Draft(new WorkflowId(1), Sketch.Draw(sketch), new JobId(11));
            Last = WorkflowMachine.TryStart(Workflow)!;
        }

        public WorkflowState Workflow { get; }

        public Decision Last { get; private set; }

        public string Statuses => Sketch.Statuses(Workflow);

        public JobState Job(string name) => Workflow.Job(Workflow.PositionOf(Sketch.IdOf(Workflow, name))!.Value);

        public string NameOf(JobState job) => Workflow.Definition.Jobs[Workflow.PositionOf(job.Id)!.Value].Name;

        public void Tell(string job, JobEvent occurrence) => Last = WorkflowMachine.Apply(Workflow, Sketch.IdOf(Workflow, job), occurrence);

        public Decision? TryTurn(string job, bool on) =>
            WorkflowMachine.TryTurn(Workflow, [Workflow.PositionOf(Sketch.IdOf(Workflow, job))!.Value], on, "turned off by ann", position => Workflow.Job(position).Outcome);

        public void Turn(string job, bool on) => Last = TryTurn(job, on)!;

        public void Assign(string job) => Tell(job, new JobEvent.Assigned(new NodeId(7)));

        public void Complete(string job) => End(job, 0);

        public void Fail(string job) => End(job, 2);

        private void End(string job, int exitCode)
        {
            Assign(job);
            Tell(job, new JobEvent.Ended(Job(job).Attempt, new Outcome(OutcomeKind.Exit, exitCode)));
        }
    }
}
