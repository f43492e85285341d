using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Reads the rules of a failure handler.</summary>
internal static class FailureRules
{
    /// <summary>Takes what is there: all that is wrong with it was told where its shape was checked, except for scripts that no shell takes.</summary>
    /// <returns>Each with the place of its script.</returns>
    public static IReadOnlyList<(FailureRule Rule, SpecPath Path, TextSpan At)> Read(SpecObject handler)
    {
        // A second look at the same values must not tell the same mistakes again.
        var told = new SpecProblems(handler.Problems.Text);
        return handler.Find("rules") is SpecNode.Sequence rules
            ? [.. rules.Items.OfType<SpecNode.Mapping>().Select((rule, index) => Read(new SpecObject(told, rule, handler.Path["rules"][index], "the rule"), handler))]
            : [];
    }

    private static (FailureRule Rule, SpecPath Path, TextSpan At) Read(SpecObject rule, SpecObject handler)
    {
        var codes = rule.Items("exit_codes", "exit codes").Select(code => SpecValue.Whole(rule.Problems, code.Value, code.Path, "exit_codes", int.MinValue, int.MaxValue));
        var script = rule.FindText("recovery_script");
        if (script is not null && !IsNothing(script))
        {
            TextRules.CheckCommand(handler.Problems, rule.Path["recovery_script"], script.At, $"recovery_script of {handler.What}", script.Text);
        }

        var read = new FailureRule(
            [.. codes.OfType<int>()],
            rule.Flag("match_all_exit_codes", absent: false),
            script is null || IsNothing(script) ? null : script.Text,
            rule.Whole("max_retries", int.MinValue, int.MaxValue, FailureRule.DefaultMaxRetries));
        return (read, rule.Path["recovery_script"], script?.At ?? rule.At);
    }

    private static bool IsNothing(SpecNode.Scalar script) => string.IsNullOrWhiteSpace(script.Text);
}
