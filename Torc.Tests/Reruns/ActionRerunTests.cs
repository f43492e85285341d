using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Reruns;

/// <summary>An action is done in a run exactly when what sets it off happens in it, and no job runs because of one.</summary>
public sealed class ActionRerunTests
{
    private const string AllActions =
        "on_workflow_start TRIGGERED, on_worker_start TRIGGERED, on_jobs_ready TRIGGERED, on_jobs_complete TRIGGERED, on_worker_complete TRIGGERED, on_workflow_complete TRIGGERED";

    [Fact]
    public void The_first_run_does_each_action_once_in_its_place()
    {
        var shop = new Workshop(Reading.Definition(DiamondWithActions.Spec));

        shop.Run();

        Assert.Equal(
            ["on_workflow_start", "on_worker_start", "preprocess", "on_jobs_ready", "work1", "work2", "postprocess", "on_jobs_complete", "on_worker_complete", "on_workflow_complete"],
            shop.Executed);
        Assert.True(shop.Plan(RerunScope.Changed).IsEmpty);
    }

    [Fact]
    public void A_bug_in_the_inputs_file_reruns_all_and_does_every_action()
    {
        var shop = Done();
        shop.Write("inputs.json", "mended");

        var plan = shop.Plan(RerunScope.Changed);

        Assert.Equal($"preprocess INPUT_CHANGED, work1 UPSTREAM_RERUNS, work2 UPSTREAM_RERUNS, postprocess UPSTREAM_RERUNS, {AllActions}", shop.Runs(plan));
        Assert.Equal("One of its jobs runs: preprocess", plan.Jobs[4].Reasons[0].Sentence);
        shop.Rerun(plan);
        Assert.Equal(10, shop.Executed.Count);
        Assert.Equal(10, shop.Executed.Distinct().Count());
    }

    [Fact]
    public void A_job_out_of_memory_sets_off_what_is_about_it_and_what_is_about_all()
    {
        var shop = new Workshop(Reading.Definition(DiamondWithActions.Spec)) { Failing = { ["work2"] = new Outcome(OutcomeKind.OutOfMemory, 137) } };
        shop.Run();
        Assert.Equal(WorkflowStatus.Failed, shop.State.Status);
        Assert.Equal("on_workflow_complete", shop.Executed[^1]);

        var plan = shop.Plan(RerunScope.Failed);

        Assert.Equal(
            "work2 FAILED_OOM, postprocess NEVER_RAN, on_workflow_start TRIGGERED, on_worker_start TRIGGERED, on_jobs_ready TRIGGERED, on_worker_complete TRIGGERED, on_workflow_complete TRIGGERED",
            shop.Runs(plan));
        Assert.Equal("preprocess UP_TO_DATE, work1 UP_TO_DATE, on_jobs_complete UP_TO_DATE", shop.Keeps(plan));
        Assert.Equal("None of its jobs runs", plan.Jobs[7].Reasons[0].Sentence);
        shop.Rerun(plan);
        Assert.Equal(["on_workflow_start", "on_worker_start", "on_jobs_ready", "work2", "postprocess", "on_worker_complete", "on_workflow_complete"], shop.Executed);
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
    }

    [Fact]
    public void A_last_job_that_timed_out_reruns_after_what_comes_first_and_before_what_comes_last()
    {
        var shop = new Workshop(Reading.Definition(DiamondWithActions.Spec)) { Failing = { ["postprocess"] = new Outcome(OutcomeKind.Timeout) } };
        shop.Run();

        shop.Rerun(shop.Plan(RerunScope.Failed));

        Assert.Equal(["on_workflow_start", "on_worker_start", "postprocess", "on_worker_complete", "on_workflow_complete"], shop.Executed);
    }

    [Fact]
    public void An_action_that_alone_failed_is_done_again_alone()
    {
        var shop = new Workshop(Reading.Definition(DiamondWithActions.Spec)) { Failing = { ["on_jobs_complete"] = new Outcome(OutcomeKind.Exit, 1) } };
        shop.Run();

        var plan = shop.Plan(RerunScope.Failed);

        Assert.Equal("on_jobs_complete FAILED_EXIT", shop.Runs(plan));
        shop.Rerun(plan);
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
    }

    [Fact]
    public void A_start_that_failed_is_done_again_with_all_that_it_had_canceled()
    {
        var shop = new Workshop(Reading.Definition(DiamondWithActions.Spec)) { Failing = { ["on_workflow_start"] = new Outcome(OutcomeKind.Exit, 1) } };
        shop.Run();
        Assert.Equal(["on_workflow_start", "on_jobs_complete", "on_worker_complete", "on_workflow_complete"], shop.Executed);

        var plan = shop.Plan(RerunScope.Failed);

        Assert.Equal(
            "preprocess NEVER_RAN, work1 NEVER_RAN, work2 NEVER_RAN, postprocess NEVER_RAN, on_workflow_start FAILED_EXIT, on_worker_start NEVER_RAN, on_jobs_ready NEVER_RAN, "
            + "on_jobs_complete TRIGGERED, on_worker_complete TRIGGERED, on_workflow_complete TRIGGERED",
            shop.Runs(plan));
        shop.Rerun(plan);
        Assert.Equal(10, shop.Executed.Distinct().Count());
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
    }

    [Theory]
    [InlineData(RerunScope.Selected, "on_jobs_ready", "on_jobs_ready SELECTED")]
    [InlineData(RerunScope.SelectedAndDownstream, "on_workflow_start", "on_workflow_start SELECTED")]
    [InlineData(
        RerunScope.Selected, "work1",
        "work1 SELECTED, on_workflow_start TRIGGERED, on_worker_start TRIGGERED, on_jobs_ready TRIGGERED, on_jobs_complete TRIGGERED, on_worker_complete TRIGGERED, on_workflow_complete TRIGGERED")]
    public void A_selected_action_is_done_alone_and_a_selected_job_sets_its_actions_off(RerunScope scope, string selected, string expected)
    {
        var shop = Done();

        Assert.Equal(expected, shop.Runs(shop.Plan(scope, earlyCutoff: false, selected)));
    }

    [Fact]
    public void Another_command_of_an_action_is_no_reason()
    {
        var shop = Done();
        shop.Redefine(job => job.IsAction ? job with { Command = "set -e\nother" } : job);

        Assert.True(shop.Plan(RerunScope.Changed).IsEmpty);
    }

    [Fact]
    public void No_action_is_part_of_what_a_job_is_made_of()
    {
        var with = Reading.Definition(DiamondWithActions.Spec);
        var without = Reading.Definition(DiamondWithActions.Spec[..DiamondWithActions.Spec.IndexOf("actions:", StringComparison.Ordinal)]);

        Assert.All(Enumerable.Range(0, 4), job => Assert.Equal(BlockedBy(without, job), BlockedBy(with, job)));
        Assert.All(Enumerable.Range(4, 6), action => Assert.Empty(BlockedBy(with, action)));
        Assert.Empty(SpecChange.Between(without, with, new Dictionary<string, string>()).Changed);

        static IReadOnlyList<long> BlockedBy(WorkflowDefinition definition, int job) =>
            RerunPlanner.FingerprintOf(definition, job, blocker => new JobId(blocker), "/work", new Dictionary<string, string?>()).BlockedBy;
    }

    [Fact]
    public void A_change_of_the_jobs_of_an_action_is_told_and_new_jobs_change_no_action_that_is_about_all()
    {
        var old = Reading.Definition(DiamondWithActions.Spec);
        var now = Reading.Definition(DiamondWithActions.Spec
            .Replace("jobs: [work1]", "jobs: [work2]", StringComparison.Ordinal)
            .Replace("actions:", "  - {name: tidy, command: five}\nactions:", StringComparison.Ordinal));

        var changed = Assert.Single(SpecChange.Between(old, now, new Dictionary<string, string>()).Changed);

        Assert.Equal("on_jobs_complete: dependencies", $"{changed.Name}: {string.Join(',', changed.What)}");
    }

    [Fact]
    public void An_action_that_a_new_spec_has_brought_waits_until_something_sets_it_off()
    {
        var shop = Done();
        JobState[] states = [.. Enumerable.Range(0, 10).Select(job => job < 4 ? shop.State.Job(job) : new JobState(shop.State.Job(job).Id, JobStatus.Uninitialized))];
        JobResult?[] results = [.. shop.Definition.Jobs.Select((job, position) => job.IsAction ? null : shop.Results[shop.State.Job(position).Id])];

        Assert.True(RerunPlanner.Plan(Question(RerunScope.Failed)).IsEmpty);
        Assert.Equal($"work1 SELECTED, postprocess UPSTREAM_RERUNS, {AllActions}", shop.Runs(RerunPlanner.Plan(Question(RerunScope.SelectedAndDownstream))));

        RerunQuestion Question(RerunScope scope) => new(
            shop.Definition, states, results, new Dictionary<string, FileFact>(), new Dictionary<string, string?>(), "/work", scope, new HashSet<int> { 1 }, EarlyCutoff: false);
    }

    [Fact]
    public void Early_cutoff_keeps_jobs_in_spite_of_actions_and_does_actions_whose_jobs_only_may_run()
    {
        var shop = Done(text => text.Length > 60 ? "long" : "short");
        shop.Write("inputs.json", "mended inputs");

        var plan = shop.Plan(RerunScope.Changed, earlyCutoff: true);

        Assert.Equal(["work1", "work2", "postprocess"], plan.MayRun.Select(job => shop.Definition.Jobs[job.Position].Name));
        Assert.Equal("One of its jobs may run: work1", plan.Jobs[7].Reasons[0].Sentence);
        shop.Rerun(plan);
        Assert.Equal(["on_workflow_start", "on_worker_start", "preprocess", "on_jobs_ready", "on_jobs_complete", "on_worker_complete", "on_workflow_complete"], shop.Executed);
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
    }

    [Fact]
    public void What_comes_last_waits_for_jobs_that_run_while_those_behind_them_are_canceled_already()
    {
        var workflow = WorkflowState.Draft(new WorkflowId(1), Reading.Definition("""
            name: w
            jobs: [{name: fails, command: x}, {name: slow, command: x}, {name: join, command: x, depends_on: [fails, slow]}]
            actions: [{trigger_type: on_workflow_complete, action_type: run_commands, commands: [x]}]
            """), new JobId(1));
        WorkflowMachine.TryStart(workflow);
        WorkflowMachine.Apply(workflow, new JobId(1), new JobEvent.Assigned(new NodeId(1)));
        WorkflowMachine.Apply(workflow, new JobId(2), new JobEvent.Assigned(new NodeId(1)));

        WorkflowMachine.Apply(workflow, new JobId(1), new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 1)));
        Assert.Equal("fails Failed, slow Pending, join Canceled, on_workflow_complete Blocked", Sketch.Statuses(workflow));

        WorkflowMachine.Apply(workflow, new JobId(2), new JobEvent.Ended(1, new Outcome(OutcomeKind.Exit, 0)));
        Assert.Equal("fails Failed, slow Completed, join Canceled, on_workflow_complete Ready", Sketch.Statuses(workflow));
    }

    [Fact]
    public void A_stop_of_the_workflow_cancels_its_actions_too()
    {
        var workflow = WorkflowState.Draft(new WorkflowId(1), Reading.Definition(DiamondWithActions.Spec), new JobId(1));
        WorkflowMachine.TryStart(workflow);

        WorkflowMachine.TryStop(workflow, positions: null, "stopped by ann");

        Assert.Equal((10, WorkflowStatus.Failed), (workflow.Count(JobStatus.Canceled), workflow.Status));
    }

    /// <summary>Whatever the graph, what actions name, and what runs: each is done once if one of its jobs runs, at its time, and else never.</summary>
    [Fact]
    public void Each_action_is_done_exactly_once_in_a_run_in_which_one_of_its_jobs_runs() =>
        (from jobs in Gen.Int[2, 6]
         from edges in Gen.Select(Gen.Int[0, jobs - 1], Gen.Int[0, jobs - 1]).Where(edge => edge.Item1 < edge.Item2).Array[0, 8]
         from ready in Gen.Int[0, jobs - 1].Array[1, 2]
         from complete in Gen.Int[0, jobs - 1].Array[1, 3]
         from failing in Gen.Int[0, jobs - 1].Array[0, 2]
         from selected in Gen.Int[0, jobs - 1].Array[1, 2]
         from scope in Gen.Enum<RerunScope>()
         select (jobs, edges, ready, complete, failing, selected, scope)).Sample(
            test =>
            {
                var reading = Reading.OfYaml(Draw(test.jobs, test.edges, test.ready, test.complete));
                if (reading.Definition is not { } definition)
                {
                    Assert.All(reading.Problems, problem => Assert.Equal(DiagnosticCodes.NeverReady, problem.Code));
                    return;
                }

                var shop = new Workshop(definition);
                foreach (int job in test.failing)
                {
                    shop.Failing[$"j{job}"] = new Outcome(OutcomeKind.Exit, 1);
                }

                shop.Run();
                shop.Failing.Clear();
                shop.Rerun(shop.Plan(test.scope, earlyCutoff: false, [.. test.selected.Select(job => $"j{job}").Distinct()]));

                Assert.Equal(shop.Executed.Distinct(), shop.Executed);
                for (int action = test.jobs; action < definition.Jobs.Count; action++)
                {
                    string name = definition.Jobs[action].Name;
                    var own = definition.JobsOf(action).Select(job => definition.Jobs[job].Name).ToList();
                    int at = shop.Executed.IndexOf(name);
                    int[] places = [.. own.Select(job => shop.Executed.IndexOf(job)).Where(place => place >= 0)];
                    Assert.Equal(places.Length > 0, at >= 0);
                    Assert.All(places, place => Assert.True(definition.Jobs[action].Trigger!.Value.ComesFirst() ? at < place : place < at));
                }

                Assert.Equal(0, shop.State.Count(JobStatus.Blocked) + shop.State.Count(JobStatus.Ready));
            },
            iter: 5_000);

    private static string Draw(int jobs, (int From, int To)[] edges, int[] ready, int[] complete)
    {
        var lines = Enumerable.Range(0, jobs).Select(job =>
            $"  - {{name: j{job}, command: x, depends_on: [{string.Join(", ", edges.Where(edge => edge.To == job).Select(edge => $"j{edge.From}").Distinct())}]}}");
        return $"""
            name: w
            jobs:
            {string.Join('\n', lines)}
            actions:
              - {Action("on_workflow_start")}
              - {Action("on_worker_start")}
              - {Action("on_jobs_ready", ready)}
              - {Action("on_jobs_complete", complete)}
              - {Action("on_worker_complete")}
              - {Action("on_workflow_complete")}
            """;
    }

    private static string Action(string trigger, params int[] jobs) =>
        $"{{trigger_type: {trigger}, action_type: run_commands, commands: [x]{(jobs.Length == 0 ? "" : $", jobs: [{string.Join(", ", jobs.Select(job => $"j{job}").Distinct())}]")}}}";

    private static Workshop Done(Func<string, string>? make = null)
    {
        var shop = new Workshop(Reading.Definition(DiamondWithActions.Spec), make);
        shop.Run();
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
        return shop;
    }
}
