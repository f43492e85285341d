using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Workflows;

public sealed class RetryTests
{
    private static readonly NodeCapacity Large = new(8, MemorySize.Gibibytes(8), 0);

    private static readonly Outcome[] Ends =
    [
        new Outcome(OutcomeKind.Exit, 0), new Outcome(OutcomeKind.Exit, 1), new Outcome(OutcomeKind.Exit, 2), new Outcome(OutcomeKind.OutOfMemory, 3), new Outcome(OutcomeKind.Timeout),
    ];

    [Fact]
    public void A_rule_that_names_the_exit_code_comes_before_one_for_all_of_them()
    {
        var play = new Play("raw > a > f1", rules: [Any("any.sh", 5), Code(5, "first.sh", 2), Code(5, "second.sh", 3)]);

        play.Fail("a", 5);
        Assert.Equal("first.sh", play.Job("a").Retry!.Script);

        play.Fail("a", 6);
        Assert.Equal("any.sh", play.Job("a").Retry!.Script);
    }

    [Fact]
    public void A_failure_for_which_there_is_no_rule_is_the_end()
    {
        var play = new Play("raw > a > f1", rules: [Code(5, null, 2)]);

        play.Fail("a", 6);

        Assert.Equal("a Failed", play.Statuses);
    }

    [Fact]
    public void What_waits_for_a_job_goes_on_waiting_while_that_is_retried_and_is_canceled_when_no_retry_is_left()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2", rules: [Any(null, 2)]);

        play.Fail("a", 5);
        Assert.Equal("a Ready, b Blocked", play.Statuses);
        Assert.Equal("Retry 1 of 2 after exit code 5.", play.Reason("a"));

        play.Fail("a", 5);
        Assert.Equal("Retry 2 of 2 after exit code 5.", play.Reason("a"));

        play.Fail("a", 7);
        Assert.Equal("a Failed, b Canceled", play.Statuses);
        Assert.Equal("Failed: exit code 7. It was retry 2 of 2.", play.Reason("a"));
        Assert.Equal((3, WorkflowStatus.Failed), (play.Job("a").Attempt, play.Workflow.Status));
    }

    [Fact]
    public void A_retry_that_ends_well_sets_free_what_waits()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2", rules: [Any(null, 2)]);

        play.Fail("a", 5);
        play.Complete("a");

        Assert.Equal("a Completed, b Ready", play.Statuses);
        Assert.Null(play.Reason("a"));
    }

    [Theory]
    [InlineData(OutcomeKind.Exit, 1, true)]
    [InlineData(OutcomeKind.Signal, 139, true)]
    [InlineData(OutcomeKind.OutOfMemory, 137, true)]
    [InlineData(OutcomeKind.Timeout, 143, true)]
    [InlineData(OutcomeKind.MissingOutput, 0, true)]
    [InlineData(OutcomeKind.Terminated, 143, false)]
    [InlineData(OutcomeKind.Canceled, null, false)]
    [InlineData(OutcomeKind.NodeLost, null, false)]
    [InlineData(OutcomeKind.Fenced, null, false)]
    [InlineData(OutcomeKind.SpawnError, null, false)]
    public void Only_what_a_job_came_to_by_itself_is_retried(OutcomeKind kind, int? exitCode, bool isRetried)
    {
        var play = new Play("raw > a > f1", rules: [Any(null, 1)]);

        play.End("a", new Outcome(kind, exitCode));

        Assert.Equal(isRetried, play.Job("a").Status == JobStatus.Ready);
    }

    [Fact]
    public void A_job_that_was_asked_to_end_is_not_retried_whatever_it_came_to()
    {
        var play = new Play("raw > a > f1", rules: [Any(null, 1)]);
        play.Assign("a");
        WorkflowMachine.TryStop(play.Workflow, null, "stopped by ann");

        play.Tell("a", new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 5)));

        Assert.Equal("a Failed", play.Statuses);
    }

    [Fact]
    public void A_job_that_waits_for_its_retry_can_be_stopped()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2", rules: [Any(null, 1)]);
        play.Fail("a", 5);

        WorkflowMachine.TryStop(play.Workflow, [0], "stopped by ann");

        Assert.Equal("a Canceled, b Canceled", play.Statuses);
    }

    [Fact]
    public void A_new_run_begins_to_count_anew()
    {
        var play = new Play("raw > a > f1", rules: [Any(null, 1)]);
        play.Fail("a", 5);
        play.Fail("a", 5);
        Assert.Equal("a Failed", play.Statuses);

        WorkflowMachine.TryRerun(play.Workflow, new HashSet<int> { 0 }, new HashSet<int>(), stopReason: null);
        Assert.Equal((0, null), (play.Job("a").Retries, play.Reason("a")));

        play.Fail("a", 5);
        Assert.Equal("a Ready", play.Statuses);
    }

    [Fact]
    public void A_job_out_of_memory_gets_half_more_than_its_peak_or_its_share_three_times_and_then_fails()
    {
        var play = new Play("raw > a > f1 | raw > b > f2", recovery: Recovery.Auto);

        play.OutOfMemory("a", peakMebibytes: 0);
        Assert.Equal("Retry with 300 MiB after out of memory.", play.Reason("a"));
        Assert.Equal(["300 MiB", "200 MiB"], [play.Memory("a"), play.Memory("b")]);

        play.OutOfMemory("a", peakMebibytes: 400);
        Assert.Equal("600 MiB", play.Memory("a"));

        play.OutOfMemory("a", peakMebibytes: 600);
        Assert.Equal("900 MiB", play.Memory("a"));

        play.OutOfMemory("a", peakMebibytes: 900);
        Assert.Equal("a Failed, b Ready", play.Statuses);
        Assert.Equal("Failed: out of memory: used too much; it got more 3 times already.", play.Reason("a"));
    }

    [Fact]
    public void No_job_gets_more_memory_than_the_largest_node_with_its_CPUs_has()
    {
        var play = new Play("raw > a > f1", recovery: Recovery.Auto)
        {
            Nodes = [new NodeCapacity(1, MemorySize.Mebibytes(250), 0), new NodeCapacity(1, MemorySize.Mebibytes(100), 0), new NodeCapacity(0, MemorySize.Gibibytes(9), 0)],
        };

        play.OutOfMemory("a", peakMebibytes: 200);
        Assert.Equal("250 MiB", play.Memory("a"));

        play.OutOfMemory("a", peakMebibytes: 250);
        Assert.Equal("Failed: out of memory: used too much; no node has more than 250 MiB.", play.Reason("a"));
    }

    [Fact]
    public void A_job_that_ran_too_long_may_run_half_longer()
    {
        var play = new Play("raw > a > f1", recovery: Recovery.Auto);

        play.End("a", new Outcome(OutcomeKind.Timeout, 143, "ran 2 min of 2 min"));

        Assert.Equal(TimeSpan.FromMinutes(3), play.Workflow.NeedsOf(0).Runtime);
        Assert.Equal("Retry with 3 min after it ran past its limit.", play.Reason("a"));
    }

    [Fact]
    public void No_job_gets_more_time_than_the_nodes_have_left()
    {
        var play = new Play("raw > a > f1", recovery: Recovery.Auto) { Nodes = [Large with { TimeLeft = TimeSpan.FromSeconds(150) }] };

        play.End("a", new Outcome(OutcomeKind.Timeout, 143, "ran 2 min of 2 min"));
        Assert.Equal(TimeSpan.FromSeconds(150), play.Workflow.NeedsOf(0).Runtime);

        play.End("a", new Outcome(OutcomeKind.Timeout, 143, "ran 2 min 30 s of 2 min 30 s"));
        Assert.Equal("Ended: ran past its limit: ran 2 min 30 s of 2 min 30 s; no node is there for longer than 2 min 30 s.", play.Reason("a"));
    }

    [Fact]
    public void What_a_job_was_found_to_need_survives_a_new_run()
    {
        var play = new Play("raw > a > f1", recovery: Recovery.Auto);
        play.OutOfMemory("a", peakMebibytes: 200);
        play.Complete("a");

        WorkflowMachine.TryRerun(play.Workflow, new HashSet<int> { 0 }, new HashSet<int>(), stopReason: null);

        Assert.Equal("300 MiB", play.Memory("a"));
    }

    [Fact]
    public void Without_recovery_nothing_is_raised()
    {
        var play = new Play("raw > a > f1");

        play.OutOfMemory("a", peakMebibytes: 200);

        Assert.Equal(("a Failed", "200 MiB"), (play.Statuses, play.Memory("a")));
    }

    [Fact]
    public void A_rule_has_its_turn_when_nothing_more_can_be_given()
    {
        var play = new Play("raw > a > f1", rules: [Code(137, "less.sh", 1)], recovery: Recovery.Auto) { Nodes = [new NodeCapacity(1, MemorySize.Mebibytes(200), 0)] };

        play.OutOfMemory("a", peakMebibytes: 200);

        Assert.Equal("less.sh", play.Job("a").Retry!.Script);
        Assert.Equal("Retry 1 of 1 after out of memory.", play.Reason("a"));
    }

    [Fact]
    public void Where_people_decide_a_job_that_failed_keeps_all_waiting_until_somebody_stops_it()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2", rules: [Any(null, 1)], usePendingFailed: true);
        play.Fail("a", 5);
        play.Fail("a", 5);
        Assert.Equal("a PendingFailed, b Blocked", play.Statuses);
        Assert.Equal("Failed: exit code 5. It was retry 1 of 1. Somebody has to decide: run it again, or stop it to let that count.", play.Reason("a"));
        Assert.Equal(WorkflowStatus.Running, play.Workflow.Status);

        WorkflowMachine.TryStop(play.Workflow, [0], "stopped by ann");

        Assert.Equal("a Failed, b Canceled", play.Statuses);
        Assert.Equal((play.Job("a").Id, WorkflowStatus.Failed), (play.Job("b").FailedBlocker, play.Workflow.Status));
        Assert.Equal("Failed: exit code 5. It was retry 1 of 1.", play.Reason("a"));
    }

    [Fact]
    public void Where_people_decide_a_job_that_failed_can_be_run_again()
    {
        var play = new Play("raw > a > f1 | f1 > b > f2", usePendingFailed: true);
        play.Fail("a", 5);

        WorkflowMachine.TryRerun(play.Workflow, new HashSet<int> { 0, 1 }, new HashSet<int>(), stopReason: null);
        play.Complete("a");

        Assert.Equal("a Completed, b Ready", play.Statuses);
    }

    [Fact]
    public void A_job_that_somebody_ended_needs_no_decision()
    {
        var play = new Play("raw > a > f1", usePendingFailed: true);
        play.Assign("a");
        WorkflowMachine.TryStop(play.Workflow, null, "stopped by ann");

        play.Tell("a", new JobEvent.Ended(1, new Outcome(OutcomeKind.Terminated, 143, "stopped by ann")));

        Assert.Equal("a Terminated", play.Statuses);
    }

    /// <summary>Whatever the rules and the ends: a run ends, and no job is started more often than its rules and three raises allow.</summary>
    [Fact]
    public void Every_run_ends_and_a_job_is_started_once_and_then_for_each_of_its_retries() =>
        (from rules in Gen.Select(Gen.Int[0, 3].Array[0, 2], Gen.Bool, Gen.Int[-1, 4], (codes, all, retries) => new FailureRule(codes, all, null, retries)).Array[0, 3]
         from recovers in Gen.Bool
         from ends in Gen.Int[0, Ends.Length - 1].Select(end => Ends[end]).Array[40]
         select (rules, recovers, ends)).Sample(test =>
         {
             var play = new Play(Sketch.Diamond, test.rules, test.recovers ? Recovery.Auto : Recovery.Off);
             var ends = new Queue<Outcome>(test.ends);
             while (play.NextReady is { } next)
             {
                 play.End(next, ends.TryDequeue(out var end) ? end : new Outcome(OutcomeKind.Exit, 1));
             }

             int limit = 1 + Math.Max(0, test.rules.Select(rule => rule.MaxRetries).DefaultIfEmpty(0).Max()) + (test.recovers ? 3 : 0);
             Assert.NotEqual(WorkflowStatus.Running, play.Workflow.Status);
             Assert.All(Enumerable.Range(0, play.Workflow.JobCount), position => Assert.InRange(play.Workflow.Job(position).Attempt, 0, limit));
         });

    private static FailureRule Code(int code, string? script, int retries) => new([code], MatchesAll: false, script, retries);

    private static FailureRule Any(string? script, int retries) => new([], MatchesAll: true, script, retries);

    /// <summary>Plays a sketched workflow whose jobs get 200 MiB for two minutes.</summary>
    private sealed class Play
    {
        public Play(string sketch, IReadOnlyList<FailureRule>? rules = null, Recovery recovery = Recovery.Off, bool usePendingFailed = false)
        {
            var drawn = Sketch.Draw(sketch, _ => new ResourceRequirements(1, MemorySize.Mebibytes(200), 0, 1, TimeSpan.FromMinutes(2)));
            var definition = drawn with
            {
                Jobs = [.. drawn.Jobs.Select(job => job with { FailureRules = rules })],
                Recovery = recovery,
                UsePendingFailed = usePendingFailed,
            };
            Workflow = WorkflowState.Draft(new WorkflowId(1), definition, new JobId(11));
            WorkflowMachine.TryStart(Workflow);
        }

        public WorkflowState Workflow { get; }

        public NodeCapacity[] Nodes { get; init; } = [Large];

        public string Statuses => Sketch.Statuses(Workflow);

        public string? NextReady =>
            Workflow.Definition.Jobs.Where((_, position) => Workflow.Job(position).Status == JobStatus.Ready).FirstOrDefault()?.Name;

        public JobState Job(string name) => Workflow.Job(Workflow.PositionOf(Sketch.IdOf(Workflow, name))!.Value);

        public string Memory(string name) => Workflow.NeedsOf(Workflow.PositionOf(Sketch.IdOf(Workflow, name))!.Value).Memory.ToString();

        public string? Reason(string name) => JobReason.Of(Job(name).Status, Job(name).Outcome, failedBlocker: null, Job(name).StopReason, Job(name).Retry);

        public void Tell(string job, JobEvent occurrence) => WorkflowMachine.Apply(Workflow, Sketch.IdOf(Workflow, job), occurrence, Nodes);

        public void Assign(string job) => Tell(job, new JobEvent.Assigned(new NodeId(7)));

        public void Complete(string job) => End(job, new Outcome(OutcomeKind.Exit, 0));

        public void Fail(string job, int exitCode) => End(job, new Outcome(OutcomeKind.Exit, exitCode));

        public void OutOfMemory(string job, int peakMebibytes) =>
            End(job, new Outcome(OutcomeKind.OutOfMemory, 137, "used too much"), MemorySize.Mebibytes(peakMebibytes));

        public void End(string job, Outcome outcome, MemorySize peak = default)
        {
            Assign(job);
            Tell(job, new JobEvent.Ended(Job(job).Attempt, outcome, peak));
        }
    }
}
