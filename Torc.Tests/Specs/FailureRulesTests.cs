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
