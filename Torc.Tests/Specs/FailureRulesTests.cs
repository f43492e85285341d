using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class FailureRulesTests
{
    [Fact]
    public void A_job_gets_the_rules_of_the_handler_that_it_names_and_the_workflow_its_switches()
    {
        var workflow = Assert.IsType<WorkflowDefinition>(Reading.OfYaml("""
            name: w
            recovery: auto
            use_pending_failed: true
            jobs: [{name: a, command: x, failure_handler: h}, {name: b, command: x}]
            failure_handlers:
            - name: h
              rules: [{exit_codes: [5, 6], recovery_script: ./mend.sh, max_retries: 2}, {match_all_exit_codes: true}]
            """).Definition);

        Assert.Equal((Recovery.Auto, true), (workflow.Recovery, workflow.UsePendingFailed));
        Assert.Null(workflow.Jobs[1].FailureRules);
        Assert.Collection(
            workflow.Jobs[0].FailureRules!,
            first => Assert.Equal(("5 6", false, "./mend.sh", 2), (string.Join(' ', first.ExitCodes), first.MatchesAll, first.RecoveryScript, first.MaxRetries)),
            second => Assert.Equal(("", true, null, 3), (string.Join(' ', second.ExitCodes), second.MatchesAll, second.RecoveryScript, second.MaxRetries)));
    }

    [Fact]
    public void Copies_of_a_job_may_have_handlers_of_their_own()
    {
        var workflow = Reading.OfYaml("""
            name: w
            jobs: [{name: "w_{p}", command: x, failure_handler: "h_{p}", parameters: {p: [a, b]}}]
            failure_handlers: [{name: h_a, rules: [{max_retries: 1}]}, {name: h_b, rules: [{max_retries: 2}]}]
            """).Definition!;

        Assert.Equal([1, 2], workflow.Jobs.Select(job => job.FailureRules![0].MaxRetries));
    }

    [Fact]
    public void Without_a_word_of_it_nothing_is_retried()
    {
        var workflow = Reading.OfYaml("{name: w, jobs: [{name: a, command: x}]}").Definition!;

        Assert.Equal((Recovery.Off, false), (workflow.Recovery, workflow.UsePendingFailed));
    }

    [Fact]
    public void A_recovery_script_gets_the_files_and_data_of_each_job_that_it_mends()
    {
        var workflow = Reading.OfYaml("""
            name: w
            files: [{name: raw_1, path: raw 1.csv}, {name: raw_2, path: raw2.csv}, {name: kept, path: kept.csv}]
            user_data: [{name: seed, data: 7}]
            jobs:
            - {name: "a_{p}", command: "x > ${files.output.kept}", input_files: ["raw_{p}"], input_user_data: [seed], failure_handler: "h_{p}", parameters: {p: [1]}}
            - {name: b, command: "x ${files.input.raw_2}", failure_handler: h_2}
            - {name: c, command: "x < ${files.input.raw_2}", failure_handler: h_2}
            failure_handlers:
            - {name: h_1, rules: [{recovery_script: "rm -f ${files.output.kept}; seed=${user_data.input.seed} mend ${files.input.raw_1} ${HOME}"}, {match_all_exit_codes: true}]}
            - {name: h_2, rules: [{recovery_script: "mend ${files.input.raw_2}"}]}
            """).Definition!;

        Assert.Equal("rm -f kept.csv; seed=7 mend 'raw 1.csv' ${HOME}", workflow.Jobs[0].FailureRules![0].RecoveryScript);
        Assert.Null(workflow.Jobs[0].FailureRules![1].RecoveryScript);
        Assert.All(workflow.Jobs.Skip(1), job => Assert.Equal("mend raw2.csv", job.FailureRules![0].RecoveryScript));
    }

    [Fact]
    public void A_script_that_names_a_file_which_one_of_its_jobs_does_not_have_is_a_mistake_that_names_both()
    {
        var reading = Reading.OfYaml("""
            name: w
            files: [{name: raw, path: raw.csv}, {name: out, path: out.csv}]
            jobs:
            - {name: a, command: "x ${files.input.raw}", failure_handler: h}
            - {name: b, command: "x > ${files.output.out}", failure_handler: h}
            failure_handlers: [{name: h, rules: [{recovery_script: "mend ${files.input.raw}"}]}]
            """);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((DiagnosticCodes.BadReference, "/failure_handlers/0/rules/0/recovery_script"), (problem.Code, problem.Path));
        Assert.Equal("""recovery_script of failure handler "h" names file "raw", which job "b" does not need""", problem.Message);
        Assert.StartsWith("add it to input_files of the job", problem.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mend ${files.input}", "is not a reference that Torc knows")]
    [InlineData("mend ${files.output.raw}", "does not produce")]
    [InlineData("mend ${files.input.row}", "does not need")]
    public void A_reference_that_leads_nowhere_is_told_where_it_stands(string script, string message)
    {
        var reading = Reading.OfYaml($$"""
            name: w
            files: [{name: raw, path: raw.csv}]
            jobs: [{name: a, command: "x ${files.input.raw}", failure_handler: h}]
            failure_handlers: [{name: h, rules: [{recovery_script: "{{script}}"}]}]
            """);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((DiagnosticCodes.BadReference, 4), (problem.Code, problem.Line));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{exit_codes: [x]}", DiagnosticCodes.BadValue)]
    [InlineData("{max_retries: many}", DiagnosticCodes.BadValue)]
    [InlineData("{match_all_exit_codes: 1}", DiagnosticCodes.WrongKind)]
    [InlineData("{recovery_script: [x]}", DiagnosticCodes.WrongKind)]
    [InlineData("{recovery_script: \"a\\0b\"}", DiagnosticCodes.BadText)]
    public void A_mistake_in_a_rule_is_told_once(string rule, string code)
    {
        var reading = Reading.OfYaml($"{{name: w, jobs: [{{name: a, command: x, failure_handler: h}}], failure_handlers: [{{name: h, rules: [{rule}]}}]}}");

        Assert.Equal(code, Assert.Single(reading.Problems).Code);
    }
}
