using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Reruns;

/// <summary>Single rules of the planner, where random stories seldom come or never.</summary>
public sealed class RerunRulesTests
{
    private readonly MemoryShelf _shelf = new();

    [Fact]
    public void What_cannot_be_seen_is_no_change_and_is_told()
    {
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        _shelf.Hide("f1.json");

        var plan = shop.Plan(RerunScope.Changed);

        Assert.True(plan.IsEmpty);
        Assert.Equal(["f1 could not be checked: nobody may look"], plan.Warnings);
    }

    [Fact]
    public void What_could_not_be_seen_when_the_job_ran_is_no_change_and_is_told()
    {
        _shelf.Hide("f1.json");
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        _shelf.Show("f1.json");

        var plan = shop.Plan(RerunScope.Changed);

        Assert.True(plan.IsEmpty);
        Assert.Equal(["f1 could not be checked"], plan.Warnings);
    }

    [Fact]
    public void A_job_is_not_reused_if_something_that_it_reads_cannot_be_seen()
    {
        var shop = Done(Sketch.Draw(Sketch.Diamond), make: _ => "the same");
        shop.Write("inputs.json", "mended");
        _shelf.Hide("f1.json");

        shop.Rerun(shop.Plan(RerunScope.Changed, earlyCutoff: true));

        Assert.Equal(["preprocess", "work1"], shop.Executed);
    }

    [Fact]
    public void Two_contents_of_a_file_that_looks_the_same_are_a_change()
    {
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        _shelf.Slip("f3.json", "edited at once");

        Assert.Equal("work1 OUTPUT_CHANGED, postprocess UPSTREAM_RERUNS", shop.Runs(shop.Plan(RerunScope.Changed)));
    }

    [Fact]
    public void What_nobody_read_in_time_counts_by_how_it_looks()
    {
        _shelf.IsRead = false;
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        Assert.True(shop.Plan(RerunScope.Changed).IsEmpty);

        shop.Touch("f3.json");

        Assert.Equal("work1 OUTPUT_CHANGED, postprocess UPSTREAM_RERUNS", shop.Runs(shop.Plan(RerunScope.Changed)));
    }

    [Fact]
    public void An_input_that_changes_while_the_job_runs_makes_its_result_stale_once()
    {
        var shop = new Workshop(Sketch.Draw("raw > a > x"), shelf: _shelf) { Meanwhile = () => _shelf.Write("raw.json", "newer") };
        shop.Run();

        var plan = shop.Plan(RerunScope.Changed);

        Assert.Equal(("a INPUT_CHANGED", "Input raw changed while the job ran"), (shop.Runs(plan), plan.Jobs[0].Reasons[0].Sentence));
        shop.Rerun(plan);
        Assert.True(shop.Plan(RerunScope.Changed).IsEmpty);
    }

    [Fact]
    public void A_job_that_is_switched_off_is_kept_whatever_happens_to_what_it_reads_and_writes()
    {
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        shop.Disable("work1");
        shop.Delete("f3.json");

        Assert.Equal("work1 DISABLED", shop.Keeps(shop.Plan(RerunScope.All)));
        Assert.Equal("postprocess SELECTED", shop.Runs(shop.Plan(RerunScope.Selected, earlyCutoff: false, "postprocess")));
    }

    [Fact]
    public void Jobs_that_wait_to_run_already_are_kept_in_progress()
    {
        var shop = new Workshop(Sketch.Draw(Sketch.Diamond));

        var plan = shop.Plan(RerunScope.Failed);

        Assert.True(plan.IsEmpty);
        Assert.Equal("preprocess IN_PROGRESS, work1 IN_PROGRESS, work2 IN_PROGRESS, postprocess IN_PROGRESS", shop.Keeps(plan));
    }

    [Fact]
    public void What_a_job_in_progress_has_not_made_yet_is_no_reason_to_run_it_once_more()
    {
        var shop = new Workshop(Sketch.Draw("raw > a > x | x > b > y"));

        var plan = shop.Plan(RerunScope.Selected, earlyCutoff: false, "b");

        Assert.Equal(("b SELECTED", "a IN_PROGRESS"), (shop.Runs(plan), shop.Keeps(plan)));
    }

    [Fact]
    public void A_job_of_which_no_result_is_known_runs()
    {
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        shop.Forget("work1");

        Assert.Equal("work1 NEVER_RAN, postprocess UPSTREAM_RERUNS", shop.Runs(shop.Plan(RerunScope.Changed)));
    }

    [Fact]
    public void A_job_that_somebody_stopped_says_who()
    {
        var shop = new Workshop(Sketch.Draw("raw > a > x"));
        WorkflowMachine.TryStop(shop.State, positions: null, "stopped by ann");

        var reason = shop.Plan(RerunScope.Failed).Jobs[0].Reasons[0];

        Assert.Equal((ReasonCode.Canceled, "Cancelled: stopped by ann"), (reason.Code, reason.Sentence));
    }

    [Fact]
    public void A_job_that_ran_before_what_it_waits_for_failed_says_so()
    {
        var shop = Done(Sketch.Draw("raw > a > x | x > b > y"));
        shop.Failing["a"] = new Outcome(OutcomeKind.Exit, 1);
        shop.Rerun(shop.Plan(RerunScope.All));

        var reason = shop.Plan(RerunScope.Failed).Jobs[1].Reasons[0];

        Assert.Equal((ReasonCode.Canceled, "Cancelled because a failed"), (reason.Code, reason.Sentence));
    }

    [Theory]
    [InlineData(OutcomeKind.Signal, "a FAILED_SIGNAL")]
    [InlineData(OutcomeKind.MissingOutput, "a OUTPUT_MISSING_AFTER_RUN")]
    [InlineData(OutcomeKind.NodeLost, "a NODE_LOST")]
    [InlineData(OutcomeKind.Fenced, "a NODE_LOST")]
    [InlineData(OutcomeKind.SpawnError, "a FAILED_START")]
    public void A_job_that_failed_says_how(OutcomeKind kind, string expected)
    {
        var shop = new Workshop(Sketch.Draw("raw > a > x")) { Failing = { ["a"] = new Outcome(kind) } };
        shop.Run();

        Assert.Equal(expected, shop.Runs(shop.Plan(RerunScope.Failed)));
    }

    [Fact]
    public void How_a_job_failed_is_all_that_is_said_of_it_whatever_changed_since_it_last_ended_well()
    {
        var shop = Done(Sketch.Draw("raw > a > x"));
        shop.Failing["a"] = new Outcome(OutcomeKind.Exit, 1);
        shop.Rerun(shop.Plan(RerunScope.All));
        shop.Redefine(job => job with { Command = "run a better" });

        Assert.Equal([ReasonCode.FailedExit], shop.Plan(RerunScope.Changed).Jobs[0].Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void What_cannot_be_seen_is_not_made_again_for_a_job_that_reads_it()
    {
        var shop = Done(Sketch.Draw(Sketch.Diamond));
        _shelf.Hide("f3.json");

        Assert.Equal("postprocess SELECTED", shop.Runs(shop.Plan(RerunScope.Selected, earlyCutoff: false, "postprocess")));
    }

    [Theory]
    [InlineData("postprocess", RerunScope.SelectedAndDownstream, "work1 FAILED_EXIT, postprocess SELECTED")]
    [InlineData("postprocess!", RerunScope.SelectedAndDownstream, "postprocess SELECTED")]
    [InlineData("postprocess", RerunScope.Selected, "postprocess SELECTED")]
    public void A_job_that_does_not_run_after_a_failure_takes_what_failed_along_unless_it_alone_is_asked_for(string job, RerunScope scope, string expected)
    {
        var shop = new Workshop(Sketch.Draw(Sketch.Diamond.Replace("postprocess", job, StringComparison.Ordinal))) { Failing = { ["work1"] = new Outcome(OutcomeKind.Exit, 1) } };
        shop.Run();

        Assert.Equal(expected, shop.Runs(shop.Plan(scope, earlyCutoff: false, "postprocess")));
    }

    [Fact]
    public void A_job_that_failed_since_or_is_defined_otherwise_is_not_reused()
    {
        var shop = Done(Sketch.Draw("raw > a > x,y,z | x > b > p | y > c > q | z > d > r"), make: _ => "the same");
        shop.Failing["b"] = new Outcome(OutcomeKind.Exit, 1);
        shop.Rerun(shop.Plan(RerunScope.Selected, earlyCutoff: false, "b"));
        shop.Write("p.json", "the same");
        shop.Redefine(job => job.Name == "c" ? job with { Command = "run c better" } : job);

        var plan = shop.Plan(RerunScope.SelectedAndDownstream, earlyCutoff: true, "a");

        Assert.Equal([PlannedAction.Run, PlannedAction.Run, PlannedAction.Run, PlannedAction.MayRun], plan.Jobs.Select(job => job.Action));
    }

    [Fact]
    public void Behind_an_edge_that_carries_nothing_no_job_is_reused()
    {
        var shop = Done(Sketch.Draw("raw > a > x | more > b > y") with { Graph = Edge });

        var plan = shop.Plan(RerunScope.SelectedAndDownstream, earlyCutoff: true, "a");

        Assert.Equal([PlannedAction.Run, PlannedAction.Run], plan.Jobs.Select(job => job.Action));
    }

    [Theory]
    [InlineData("7", "a")]
    [InlineData("8", "a, b")]
    public void Behind_an_edge_that_carries_data_a_job_is_reused_if_they_are_as_they_were(string value, string executed)
    {
        var shop = new Workshop(WithData("raw > a > x | more > b > y"));
        shop.Store("results", "7");
        shop.Run();

        var plan = shop.Plan(RerunScope.SelectedAndDownstream, earlyCutoff: true, "a");
        Assert.Equal([PlannedAction.Run, PlannedAction.MayRun], plan.Jobs.Select(job => job.Action));
        shop.Store("results", value);
        shop.Rerun(plan);

        Assert.Equal(executed, string.Join(", ", shop.Executed));
    }

    [Fact]
    public void A_value_that_is_another_is_shown_as_it_was_and_as_it_is()
    {
        var shop = new Workshop(WithData("raw > a > x | more > b > y"));
        shop.Store("results", "{\"n\": 7}");
        shop.Run();
        shop.Store("results", "{ \"n\" :8}");

        var plan = shop.Plan(RerunScope.Changed);

        Assert.Equal("b DATA_CHANGED", shop.Runs(plan));
        Assert.Equal(("results", "{\"n\":7}", "{\"n\":8}"), (plan.Jobs[1].Reasons[0].Subject, plan.Jobs[1].Reasons[0].Before, plan.Jobs[1].Reasons[0].After));
    }

    [Fact]
    public void Data_that_a_job_newly_reads_are_a_change_even_if_they_have_no_value()
    {
        var shop = Done(Sketch.Draw("raw > a > x"));
        shop.Redefine(job => job with { InputData = [0] });

        Assert.Equal("a DATA_CHANGED", shop.Runs(shop.Plan(RerunScope.Changed)));
    }

    [Fact]
    public void Another_invocation_script_is_a_change_of_the_command()
    {
        var shop = Done(Sketch.Draw("raw > a > x"));
        shop.Redefine(job => job with { InvocationScript = "./with-modules.sh" });

        var plan = shop.Plan(RerunScope.Changed);
        Assert.Equal(("a COMMAND_CHANGED", "Invocation script changed"), (shop.Runs(plan), plan.Jobs[0].Reasons[0].Sentence));
        shop.Rerun(plan);

        Assert.True(shop.Plan(RerunScope.Changed).IsEmpty);
    }

    [Fact]
    public void Another_working_directory_is_a_change_that_is_shown()
    {
        var shop = Done(Sketch.Draw("raw > a > x"));
        _shelf.WorkingDirectory = "/elsewhere";

        var reason = shop.Plan(RerunScope.Changed).Jobs[0].Reasons[0];

        Assert.Equal((ReasonCode.EnvChanged, "/work", "/elsewhere"), (reason.Code, reason.Before, reason.After));
    }

    [Fact]
    public void A_job_that_reads_less_or_writes_more_or_waits_for_others_is_another_and_one_that_writes_less_is_not()
    {
        var shop = Done(Sketch.Draw("raw,more > a > x | raw > b > y | raw > c > z,w | raw > d > v"));
        shop.Adopt(
            shop.Definition with
            {
                Jobs =
                [
                    shop.Definition.Jobs[0] with { InputFiles = [0] },
                    shop.Definition.Jobs[1] with { OutputFiles = [3, 5] },
                    shop.Definition.Jobs[2] with { OutputFiles = [4] },
                    shop.Definition.Jobs[3],
                ],
                Graph = WorkflowGraph.TryBuild(4, [(2, 3)])!,
            },
            new Dictionary<string, string>());

        var plan = shop.Plan(RerunScope.Changed);

        Assert.Equal("a DEPENDENCIES_CHANGED, b DEPENDENCIES_CHANGED, d DEPENDENCIES_CHANGED", shop.Runs(plan));
        Assert.Equal(
            ["Reads other files: -more.json", "Writes other files: +w.json", "Waits for other jobs: +c"],
            plan.Runs.Select(job => job.Reasons[0].Sentence));
    }

    private static WorkflowGraph Edge => WorkflowGraph.TryBuild(2, [(0, 1)])!;

    private static WorkflowDefinition WithData(string sketch)
    {
        var drawn = Sketch.Draw(sketch);
        return drawn with { Jobs = [drawn.Jobs[0] with { OutputData = [0] }, drawn.Jobs[1] with { InputData = [0] }], Graph = Edge };
    }

    private Workshop Done(WorkflowDefinition definition, Func<string, string>? make = null)
    {
        var shop = new Workshop(definition, make, _shelf);
        shop.Run();
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
        return shop;
    }
}
