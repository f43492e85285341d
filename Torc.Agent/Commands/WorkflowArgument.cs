using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary>The argument by which commands get their workflow, or several.</summary>
internal static class WorkflowArgument
{
    /// <summary>Under this name completion knows it.</summary>
    public const string Name = "ID";

    public static Argument<string> One() => new(Name) { Description = "The workflow: its number, its name (the newest that has it), or last." };

    public static Argument<string[]> Several(ArgumentArity arity) =>
        new(Name) { Description = "The workflows: numbers such as 12, 2,5 or 3-8, names (the newest that has it), or last.", Arity = arity };

    /// <exception cref="CommandException">There is none, or it is several.</exception>
    public static async Task<WorkflowId> FindAsync(TorcClient client, string text, CancellationToken cancel) => WorkflowReference.Parse(text) switch
    {
        [WorkflowReference.Number { Value: var number }] => new WorkflowId(number),
        [WorkflowReference.Newest or WorkflowReference.Named] and [var one] => one.Find(await client.WorkflowsAsync(cancel))[0].Id,
        _ => throw new CommandException(
            ExitCode.Usage, $"This command is about one workflow, and \"{Shown.Words(text)}\" may be several. Those that take several are: torc ls, torc show, torc wait, torc stop"),
    };

    /// <returns>Each once, in the order in which they are named.</returns>
    /// <exception cref="CommandException">One of them is not there.</exception>
    public static async Task<IReadOnlyList<WorkflowView>> FindAllAsync(TorcClient client, IReadOnlyList<string> texts, CancellationToken cancel)
    {
        WorkflowReference[] references = [.. texts.SelectMany(WorkflowReference.Parse)];
        var workflows = await client.WorkflowsAsync(cancel);
        return [.. references.SelectMany(reference => reference.Find(workflows)).DistinctBy(workflow => workflow.Id)];
    }

    /// <summary>Whether what was typed can be several, whatever there is now: programs get a list then.</summary>
    public static bool MayBeSeveral(IReadOnlyList<string> texts) =>
        texts.Count != 1 || WorkflowReference.Parse(texts[0]) is not [WorkflowReference.Number or WorkflowReference.Newest or WorkflowReference.Named];
}
