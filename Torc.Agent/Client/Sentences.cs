using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows.Selection;

namespace Torc.Agent.Client;

/// <summary>What is said to whoever waits in vain.</summary>
internal static class Sentences
{
    public static string Draft(WorkflowView workflow) => $"{workflow.Name} is a draft. To start it: torc run {workflow.Id}";

    public static string Undecided(WorkflowId workflow, JobView job) =>
        $"{job.Name} has failed, and the workflow waits until somebody decides. "
        + $"To run it again: torc rerun {workflow} --select {InShell(SelectionText.OfName(job.Name))}; to let it count: torc stop {workflow} --job {InShell(job.Name)}";

    private static string InShell(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
