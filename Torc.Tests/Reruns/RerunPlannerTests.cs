using System.Diagnostics;
using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Reruns;

public sealed class RerunPlannerTests
{
    private static readonly Outcome OutOfMemory = new(OutcomeKind.OutOfMemory, 137, "used 299 MiB of 200 MiB");

    [Fact]
    public void A_bug_in_the_inputs_file_reruns_all()
    {
        var shop = Done(Sketch.Diamond);
        shop.Write("inputs.json", "mended");

        var plan = shop.Plan(RerunScope.Changed);

        Assert.Equal("preprocess INPUT_CHANGED, work1 UPSTREAM_RERUNS, work2 UPSTREAM_RERUNS, postprocess UPSTREAM_RERUNS", shop.Runs(plan));
    }

    [Fact]
    public void A_job_out_of_memory_reruns_with_what_waited_for_it()
    {
        var shop = new Workshop(Sketch.Draw(Sketch.Diamond)) { Failing = { ["work2"] = OutOfMemory } };
        shop.Run();
        Assert.Equal(WorkflowStatus.Failed, shop.State.Status);

        var plan = shop.Plan(RerunScope.Failed);

        Assert.Equal("work2 FAILED_OOM, postprocess NEVER_RAN", shop.Runs(plan));
        Assert.Equal("preprocess UP_TO_DATE, work1 UP_TO_DATE", shop.Keeps(plan));
        Assert.Equal("Never ran: waited for work2", plan.Jobs[3].Reasons[0].Sentence);
        shop.Rerun(plan);
        Assert.Equal(["work2", "postprocess"], shop.Executed);
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
    }

    [Fact]
    public void A_last_job_that_timed_out_reruns_alone()
    {
        var shop = new Workshop(Sketch.Draw(Sketch.Diamond)) { Failing = { ["postprocess"] = new Outcome(OutcomeKind.Timeout) } };
        shop.Run();

        Assert.Equal("postprocess FAILED_TIMEOUT", shop.Runs(shop.Plan(RerunScope.Failed)));
    }

    [Fact]
    public void A_touched_input_is_no_change()
    {
        var shop = Done(Sketch.Diamond);
        shop.Touch("inputs.json");

        var plan = shop.Plan(RerunScope.Changed);

        Assert.True(plan.IsEmpty);
        Assert.Equal("preprocess TOUCHED_SAME, work1 UP_TO_DATE, work2 UP_TO_DATE, postprocess UP_TO_DATE", shop.Keeps(plan));
    }

    [Fact]
    public void Who_made_a_missing_file_makes_it_again()
    {
        var shop = Done(Sketch.Diamond);
        shop.Delete("f4.json");

        Assert.Equal("work2 OUTPUT_MISSING, postprocess UPSTREAM_RERUNS", shop.Runs(shop.Plan(RerunScope.Changed)));
    }

    [Fact]
    public void An_output_that_somebody_edited_is_made_again()
    {
        var shop = Done(Sketch.Diamond);
        shop.Write("f3.json", "edited");

        Assert.Equal("work1 OUTPUT_CHANGED, postprocess UPSTREAM_RERUNS", shop.Runs(shop.Plan(RerunScope.Changed)));
    }

    [Theory]
    [InlineData(RerunScope.Selected, "work1 SELECTED")]
    [InlineData(RerunScope.SelectedAndDownstream, "work1 SELECTED, postprocess UPSTREAM_RERUNS")]
    [InlineData(RerunScope.All, "preprocess SELECTED, work1 SELECTED, work2 SELECTED, postprocess SELECTED")]
    public void Whoever_selects_jobs_gets_them(RerunScope scope, string expected)
    {
        var shop = Done(Sketch.Diamond);

        Assert.Equal(expected, shop.Runs(shop.Plan(scope, earlyCutoff: false, "work1")));
    }

    [Fact]
    public void A_selected_job_whose_input_is_gone_gets_it_from_whoever_makes_it_and_so_on_upstream()
    {
        var shop = Done(Sketch.Diamond);
        shop.Delete("f1.json");
        shop.Delete("f3.json");

        var plan = shop.Plan(RerunScope.Selected, earlyCutoff: false, "postprocess");

        Assert.Equal("preprocess OUTPUT_MISSING, work1 OUTPUT_MISSING, postprocess SELECTED", shop.Runs(plan));
    }

    [Fact]
    public void What_is_out_of_scope_says_what_was_seen_of_it()
    {
        var shop = Done(Sketch.Diamond);
        shop.Write("inputs.json", "mended");

        var plan = shop.Plan(RerunScope.Failed);

        Assert.True(plan.IsEmpty);
        Assert.Equal("preprocess OUT_OF_SCOPE, work1 UP_TO_DATE, work2 UP_TO_DATE, postprocess UP_TO_DATE", shop.Keeps(plan));
        Assert.Contains("Input inputs changed", plan.Jobs[0].Reasons[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_the_definition_shows_what_it_was_and_what_it_is()
    {
        var shop = Done(Sketch.Diamond);
        shop.Redefine(job => job.Name == "work2" ? job with { Command = "run work2 faster" } : job);

        var plan = shop.Plan(RerunScope.Changed);

        Assert.Equal("work2 COMMAND_CHANGED, postprocess UPSTREAM_RERUNS", shop.Runs(plan));
        Assert.Equal(("run work2", "run work2 faster"), (plan.Jobs[2].Reasons[0].Before, plan.Jobs[2].Reasons[0].After));
    }

    [Fact]
    public void Other_requirements_are_no_reason_to_run()
    {
        var shop = Done(Sketch.Diamond);
        shop.Redefine(job => job.Name == "work2" ? job with { Needs = Sketch.Cpus(2) } : job);

        var plan = shop.Plan(RerunScope.Changed);

        Assert.True(plan.IsEmpty);
        Assert.Equal("preprocess UP_TO_DATE, work1 UP_TO_DATE, work2 RESOURCES_ONLY, postprocess UP_TO_DATE", shop.Keeps(plan));
    }

    [Fact]
    public void The_value_of_an_environment_variable_is_not_shown()
    {
        var shop = Done(Sketch.Diamond);
        shop.Redefine(job => job.Name == "work2" ? job with { Env = new Dictionary<string, string> { ["KEY"] = "secret" } } : job);

        var reason = shop.Plan(RerunScope.Changed).Jobs[2].Reasons[0];

        Assert.Equal((ReasonCode.EnvChanged, "KEY"), (reason.Code, reason.Subject));
        Assert.DoesNotContain("secret", reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_outputs_come_out_as_they_were_early_cutoff_keeps_what_waits_for_them()
    {
        var shop = Done(Sketch.Diamond, make: text => text.Length > 60 ? "long" : "short");
        shop.Write("inputs.json", "mended inputs");

        var plan = shop.Plan(RerunScope.Changed, earlyCutoff: true);
        Assert.Equal(["preprocess"], plan.Runs.Select(job => shop.Definition.Jobs[job.Position].Name));
        Assert.Equal(3, plan.MayRun.Count());
        shop.Rerun(plan);

        Assert.Equal(["preprocess"], shop.Executed);
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
        Assert.Equal(Reuse.Done, shop.State.Job(3).Reuse);
    }

    [Fact]
    public void A_failed_head_of_a_diamond_leaves_nothing_blocked()
    {
        var shop = new Workshop(Sketch.Draw(Sketch.Diamond)) { Failing = { ["preprocess"] = new Outcome(OutcomeKind.Exit, 2) } };
        shop.Run();
        Assert.Equal("preprocess Failed, work1 Canceled, work2 Canceled, postprocess Canceled", Sketch.Statuses(shop.State));
        var plan = shop.Plan(RerunScope.Failed);

        Assert.Equal("preprocess FAILED_EXIT, work1 NEVER_RAN, work2 NEVER_RAN, postprocess NEVER_RAN", shop.Runs(plan));
        shop.Rerun(plan);
        Assert.Equal(4, shop.State.Count(JobStatus.Completed));
    }

    [Fact]
    public void Of_two_parents_the_one_that_failed_runs_again_with_the_child()
    {
        var shop = new Workshop(Sketch.Draw("x > left > a | y > right > b | a,b > child > c")) { Failing = { ["right"] = new Outcome(OutcomeKind.Exit, 1) } };
        shop.Run();

        shop.Rerun(shop.Plan(RerunScope.Failed));

        Assert.Equal(["right", "child"], shop.Executed);
    }

    [Fact]
    public void A_chain_of_a_thousand_jobs_with_a_failed_head_runs_again_as_a_whole()
    {
        string chain = string.Join(" | ", Enumerable.Range(1, 1_000).Select(job => $"f{job - 1} > j{job} > f{job}"));
        var shop = new Workshop(Sketch.Draw(chain), make: text => text[..4]) { Failing = { ["j1"] = new Outcome(OutcomeKind.Exit, 1) } };
        shop.Run();
        Assert.Equal(999, shop.State.Count(JobStatus.Canceled));

        shop.Rerun(shop.Plan(RerunScope.Failed));

        Assert.Equal(1_000, shop.State.Count(JobStatus.Completed));
    }

    [Fact]
    public void A_new_job_runs_with_the_failed_one_that_waits_for_it()
    {
        var shop = new Workshop(Sketch.Draw("raw > a > x | x > b > y")) { Failing = { ["b"] = OutOfMemory } };
        shop.Run();
        shop.Adopt(NewBeforeB, new Dictionary<string, string>());

        Assert.Equal("new NEVER_RAN, b FAILED_OOM", shop.Runs(shop.Plan(RerunScope.Failed)));
        Assert.Equal("new NEVER_RAN, b SELECTED", shop.Runs(shop.Plan(RerunScope.SelectedAndDownstream, selected: "b")));
        Assert.Equal("b SELECTED", shop.Runs(shop.Plan(RerunScope.Selected, selected: "b")));
    }

    [Fact]
    public void A_run_ends_without_the_new_job_that_it_leaves_out()
    {
        var shop = Done("raw > a > x | x > b > y");
        shop.Adopt(NewBeforeB, new Dictionary<string, string>());

        shop.Rerun(shop.Plan(RerunScope.Selected, selected: "b"));

        Assert.Equal(["b"], shop.Executed);
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
        Assert.Equal("new NEVER_RAN, b UPSTREAM_RERUNS", shop.Runs(shop.Plan(RerunScope.Failed)));
    }

    /// <summary>A spec that lets b wait for a job that was not there, and that leaves it no file.</summary>
    private static WorkflowDefinition NewBeforeB =>
        Sketch.Draw("raw > a > x | raw > new > n | x > b > y") with { Graph = WorkflowGraph.TryBuild(3, [(0, 2), (1, 2)])! };

    [Fact]
    public void A_mesh_costs_its_edges_and_not_its_paths()
    {
        // Each job of a layer waits for all of the layer before: 4 to the power of 60 ways lead through it.
        const int Width = 4;
        const int Layers = 60;
        string mesh = string.Join(" | ", Enumerable.Range(1, Layers).SelectMany(layer => Enumerable.Range(1, Width).Select(job =>
            $"{string.Join(',', Enumerable.Range(1, Width).Select(file => $"f{layer - 1}-{file}"))} > j{layer}-{job} > f{layer}-{job}")));
        string chain = string.Join(" | ", Enumerable.Range(1, Width * Width * (Layers - 1)).Select(job => $"f{job - 1} > j{job} > f{job}"));

        Assert.InRange(CostOfRerun(mesh), TimeSpan.Zero, 10 * CostOfRerun(chain));
    }

    /// <summary>Plans and resets all jobs a few times.</summary>
    /// <returns>The shortest time that it took.</returns>
    private static TimeSpan CostOfRerun(string sketch)
    {
        var shop = Done(sketch, make: text => text[..4]);
        shop.Write(shop.Definition.Files[0].Path, "mended");
        var shortest = TimeSpan.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            var state = new WorkflowState(
                shop.State.Id, shop.Definition, [.. Enumerable.Range(0, shop.State.JobCount).Select(shop.State.Job)], shop.State.Status, shop.State.Run, shop.State.Version);
            var clock = Stopwatch.StartNew();
            var plan = shop.Plan(RerunScope.All, earlyCutoff: true);
            Assert.NotNull(WorkflowMachine.TryRerun(state, plan.Runs.Select(job => job.Position).ToHashSet(), new HashSet<int>(), stopReason: null));
            shortest = clock.Elapsed < shortest ? clock.Elapsed : shortest;
            Assert.Equal(shop.State.JobCount, plan.Runs.Count());
        }

        return shortest;
    }

    private static Workshop Done(string sketch, Func<string, string>? make = null)
    {
        var shop = new Workshop(Sketch.Draw(sketch), make);
        shop.Run();
        Assert.Equal(WorkflowStatus.Completed, shop.State.Status);
        return shop;
    }
}
