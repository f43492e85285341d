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
        [WorkflowReference.Newest or WorkflowReference.Named] and [var one] => one.Find(await AllAsync(client, cancel))[0].Id,
        _ => throw new CommandException(
            ExitCode.Usage, $"This command is about one workflow, and \"{Shown.Words(text)}\" may be several. Those that take several are: torc ls, torc show, torc wait, torc stop, torc archive, torc delete"),
    };

    /// <returns>Each once, in the order in which they are named.</returns>
    /// <exception cref="CommandException">One of them is not there.</exception>
    public static async Task<IReadOnlyList<WorkflowView>> FindAllAsync(TorcClient client, IReadOnlyList<string> texts, CancellationToken cancel)
    {
        WorkflowReference[] references = [.. texts.SelectMany(WorkflowReference.Parse)];
        var workflows = await AllAsync(client, cancel);
        return [.. references.SelectMany(reference => reference.Find(workflows)).DistinctBy(workflow => workflow.Id)];
    }

    /// <summary>Writes what became of workflows: one of them by itself, unless there could have been several.</summary>
    public static void WriteJson(IReadOnlyList<WorkflowView> workflows, IReadOnlyList<string> typed)
    {
        if (MayBeSeveral(typed))
        {
            CommandRun.WriteJson(workflows, TorcJson.Default.IReadOnlyListWorkflowView);
        }
        else
        {
            CommandRun.WriteJson(workflows[0], TorcJson.Default.WorkflowView);
        }
    }

    // Those that are archived come after all others: last, or a name, means one of them only if it can mean nothing else.
    private static async Task<IReadOnlyList<WorkflowView>> AllAsync(TorcClient client, CancellationToken cancel) =>
        [.. await client.WorkflowsAsync(cancel), .. await client.WorkflowsAsync(search: null, [], project: null, user: null, archived: true, cancel)];

    /// <summary>Whether what was typed can be several, whatever there is now: programs get a list then.</summary>
    public static bool MayBeSeveral(IReadOnlyList<string> texts) =>
        texts.Count != 1 || WorkflowReference.Parse(texts[0]) is not [WorkflowReference.Number or WorkflowReference.Newest or WorkflowReference.Named];
}
