using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Actions are jobs that Torc adds: what they run, what they wait for, what waits for them.</summary>
public sealed class ActionTests
{
    private const string Chain = "name: w\njobs: [{name: a, command: x}, {name: b, command: x, depends_on: [a]}, {name: c, command: x, depends_on: [b]}, {name: d, command: x}]\n";

    [Theory]
    [InlineData("on_workflow_start", " > on_workflow_start > preprocess,work1,work2,postprocess,on_worker_start,on_jobs_ready,on_worker_complete,on_workflow_complete")]
    [InlineData("on_worker_start", "on_workflow_start > on_worker_start > preprocess,work1,work2,postprocess,on_jobs_ready,on_worker_complete,on_workflow_complete")]
    [InlineData("on_jobs_ready", "preprocess,on_workflow_start,on_worker_start > on_jobs_ready > work1,work2,on_worker_complete,on_workflow_complete")]
    [InlineData("on_jobs_complete", "work1 > on_jobs_complete > on_worker_complete,on_workflow_complete")]
    [InlineData("on_worker_complete", "preprocess,work1,work2,postprocess,on_workflow_start,on_worker_start,on_jobs_ready,on_jobs_complete > on_worker_complete > on_workflow_complete")]
    [InlineData("on_workflow_complete", "preprocess,work1,work2,postprocess,on_workflow_start,on_worker_start,on_jobs_ready,on_jobs_complete,on_worker_complete > on_workflow_complete > ")]
    public void Each_trigger_has_its_place_among_the_jobs(string action, string expected)
    {
        var workflow = Reading.Definition(DiamondWithActions.Spec);

        int position = workflow.Jobs.Select(job => job.Name).ToList().IndexOf(action);
        string before = string.Join(',', Reading.Names(workflow, workflow.Graph.BlockersOf(position).ToArray()));
        string after = string.Join(',', Reading.Names(workflow, workflow.Graph.DependentsOf(position).ToArray()));
        Assert.Equal(expected, $"{before} > {action} > {after}");
    }

    [Fact]
    public void The_jobs_of_an_action_are_those_that_it_names_or_else_all_of_the_user()
    {
        var workflow = Reading.Definition(DiamondWithActions.Spec);

        Assert.Equal(
            [
                "OnWorkflowStart preprocess,work1,work2,postprocess", "OnWorkerStart preprocess,work1,work2,postprocess", "OnJobsReady work1,work2", "OnJobsComplete work1",
                "OnWorkerComplete preprocess,work1,work2,postprocess", "OnWorkflowComplete preprocess,work1,work2,postprocess",
            ],
            Enumerable.Range(4, 6).Select(action => $"{workflow.Jobs[action].Trigger} {string.Join(',', Reading.Names(workflow, workflow.JobsOf(action)))}"));
    }

    [Fact]
    public void An_action_runs_its_commands_up_to_the_first_that_fails_as_a_job_that_says_nothing_more()
    {
        var workflow = Reading.Definition($"env: {{LEVEL: info}}\non_lost: rerun\n{Chain}actions: [{{trigger_type: on_workflow_start, action_type: run_commands, commands: [mkdir -p data, date]}}]");

        var action = workflow.Jobs[^1];
        Assert.Equal("set -e\nmkdir -p data\ndate", action.Command);
        Assert.Equal("info", action.Env["LEVEL"]);
        Assert.Equal((workflow.Jobs[0].Needs, workflow.Jobs[0].OnLost), (action.Needs, action.OnLost));
    }

    [Theory]
    [InlineData("on_workflow_start", "true", true)]
    [InlineData("on_jobs_ready", "true", true)]
    [InlineData("on_jobs_ready", "false", false)]
    [InlineData("on_jobs_complete", "true", false)]
    [InlineData("on_workflow_complete", "true", false)]
    public void What_comes_after_jobs_comes_however_they_ended_and_what_comes_before_some_while_one_may_run(string trigger, string flag, bool isCanceled)
    {
        string jobs = trigger.StartsWith("on_jobs", StringComparison.Ordinal) ? "jobs: [b, c], " : "";
        var workflow = Reading.Definition($$"""
            name: w
            jobs: [{name: a, command: x}, {name: b, command: x}, {name: c, command: x, depends_on: [a], cancel_on_blocking_job_failure: {{flag}}}]
            actions: [{trigger_type: {{trigger}}, action_type: run_commands, {{jobs}}commands: [x]}]
            """);

        Assert.Equal(isCanceled, workflow.Jobs[^1].CancelOnBlockingJobFailure);
    }

    [Fact]
    public void Actions_are_called_by_their_triggers_with_the_next_number_that_is_free()
    {
        const string Start = "{trigger_type: on_workflow_start, action_type: run_commands, commands: [x]}";

        Assert.Equal(
            ["on_workflow_start_2", "on_workflow_start", "on_workflow_start_3", "on_workflow_complete"],
            Reading.Definition($$"""
                name: w
                jobs: [{name: on_workflow_start_2, command: x}]
                actions: [{{Start}}, {{Start}}, {trigger_type: on_workflow_complete, action_type: run_commands, commands: [x]}]
                """).Jobs.Select(job => job.Name));
    }

    [Fact]
    public void No_job_can_refer_to_an_action_by_name_or_by_regular_expression()
    {
        const string Action = "actions: [{trigger_type: on_workflow_complete, action_type: run_commands, commands: [x]}]";

        var named = Reading.OfYaml($"name: w\njobs: [{{name: a, command: x, depends_on: [on_workflow_complete]}}]\n{Action}");
        var matched = Reading.Definition($"name: w\njobs: [{{name: on, command: x}}, {{name: a, command: x, depends_on_regexes: [\"on\"]}}]\n{Action}");

        Assert.Equal(DiagnosticCodes.UnknownJob, Assert.Single(named.Problems).Code);
        Assert.Equal(["on"], Reading.Names(matched, matched.Graph.BlockersOf(1).ToArray()));
    }

    [Theory]
    [InlineData("{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [d, a, c]}", "TORC136 3:96 \"c\" waits for \"a\", so the two jobs of the action are never ready together")]
    [InlineData("{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x]}", "TORC104 3:11 an action on_jobs_ready does not say which jobs it is about")]
    [InlineData("{trigger_type: on_jobs_complete, action_type: run_commands, commands: [x], jobs: []}", "TORC104 3:11 an action on_jobs_complete does not say which jobs it is about")]
    [InlineData("{trigger_type: on_workflow_start, action_type: run_commands, commands: []}", "TORC104 3:11 an action that is to run_commands has no \"commands\"")]
    [InlineData("{trigger_type: on_workflow_start, action_type: run_commands, commands: [\"\"]}", "TORC124 3:83 a command of the action is empty")]
    [InlineData(
        "{trigger_type: on_worker_start, action_type: run_commands, commands: [x], persistent: true}",
        "TORC106 3:97 an action on_worker_start cannot be persistent in this version of Torc: once for every worker comes with the workers of Slurm")]
    public void What_an_action_cannot_be_is_told_where_it_stands(string action, string expected)
    {
        var reading = Reading.OfYaml($"{Chain}actions: [{action}]");

        Assert.Null(reading.Definition);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal((expected, Severity.Error), ($"{Reading.Place(problem)} {problem.Message}", problem.Severity));
    }

    [Theory]
    [InlineData("{trigger_type: on_workflow_start, action_type: run_commands, commands: [x], persistent: true}", null)]
    [InlineData("{trigger_type: on_workflow_start, action_type: run_commands, commands: [x], jobs: [a]}", "TORC102 3:93 \"jobs\" has no effect on an action on_workflow_start, which is about all jobs")]
    [InlineData(
        "{trigger_type: on_jobs_ready, action_type: schedule_nodes, scheduler: s, jobs: [a]}",
        "TORC102 3:54 \"schedule_nodes\" asks for nodes of Slurm, which this version of Torc does not do: the action is checked and kept, and has no effect")]
    public void What_has_no_effect_is_told_and_changes_nothing(string action, string? expected)
    {
        var reading = Reading.OfYaml($"{Chain}actions: [{action}]\nslurm_schedulers: [{{name: s, account: a}}]");

        Assert.NotNull(reading.Definition);
        var problem = reading.Problems.SingleOrDefault(problem => problem.Line == 3);
        Assert.Equal(expected, problem is null ? null : $"{Reading.Place(problem)} {problem.Message}");
        Assert.Equal(action.Contains("schedule_nodes", StringComparison.Ordinal) ? 4 : 5, reading.Definition.Jobs.Count);
    }

    [Fact]
    public void Actions_that_wait_for_each_other_through_jobs_are_told()
    {
        var problem = Assert.Single(Reading.OfYaml("""
            name: w
            jobs: [{name: a, command: x}, {name: b, command: x, depends_on: [a]}, {name: c, command: x}, {name: d, command: x, depends_on: [c]}]
            actions:
              - {trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [a, d]}
              - {trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [b, c]}
            """).Problems);

        Assert.Equal(DiagnosticCodes.NeverReady, problem.Code);
        Assert.Equal("actions wait for each other: on_jobs_ready_2 → c → on_jobs_ready → a → on_jobs_ready_2", problem.Message);
    }

    [Fact]
    public void A_spec_is_written_with_its_actions_as_they_are_and_no_jobs_more()
    {
        var reading = Reading.OfYaml(DiamondWithActions.Spec);
        string written = reading.Write(SpecNotation.Yaml)!;
        var again = Reading.OfYaml(written);

        Assert.DoesNotContain("set -e", written, StringComparison.Ordinal);
        Assert.Equal(reading.Definition!.Jobs.Select(job => $"{job.Name} {job.Command}"), again.Definition!.Jobs.Select(job => $"{job.Name} {job.Command}"));
        Assert.Equal((4, 4, 3, 1), (reading.Counts!.Jobs, reading.Counts.ImplicitEdges, reading.Counts.Depth, reading.Counts.Roots));
    }

    [Fact]
    public void Actions_around_100000_jobs_cost_an_edge_for_each_of_them()
    {
        const int Half = 50_000;
        var workflow = Reading.Definition($$$"""
            name: w
            jobs:
              - {name: "a_{i}", command: x, parameters: {i: "1:{{{Half}}}"}}
              - {name: "b_{i}", command: x, depends_on: ["a_{i}"], parameters: {i: "1:{{{Half}}}"}}
            actions:
              - {trigger_type: on_workflow_start, action_type: run_commands, commands: [x]}
              - {trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], job_name_regexes: [^b_]}
              - {trigger_type: on_workflow_complete, action_type: run_commands, commands: [x]}
            """);

        int edges = Enumerable.Range(0, workflow.Jobs.Count).Sum(job => workflow.Graph.BlockersOf(job).Length);
        Assert.Equal((Half /* of the user */) + (2 * Half) + 1 + (2 * Half) + (2 * Half) + 2, edges);
    }

    [Fact]
    public void Many_actions_of_many_jobs_come_to_a_limit_and_not_to_an_end_of_memory()
    {
        string actions = string.Join(", ", Enumerable.Repeat("{trigger_type: on_workflow_start, action_type: run_commands, commands: [x]}", 150));

        var problem = Assert.Single(Reading.OfYaml($"name: w\njobs: [{{name: \"a_{{i}}\", command: x, parameters: {{i: \"1:100000\"}}}}]\nactions: [{actions}]").Problems, problem => problem.Severity == Severity.Error);

        Assert.Equal((DiagnosticCodes.Limit, "/actions/100"), (problem.Code, problem.Path));
    }
}
