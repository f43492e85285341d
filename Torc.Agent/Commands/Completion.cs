using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Torc.Agent.Client;
using Torc.Shared.Workflows.Selection;

namespace Torc.Agent.Commands;

/// <summary>How a word on the command line may go on. Whatever cannot be found out at once is left out in silence: somebody is typing.</summary>
internal sealed class Completion(RootCommand root)
{
    // No word that anybody types: where the parser puts it, the completed word would be.
    private const string Here = "\u0001";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    /// <param name="words">What is typed so far; the last is completed.</param>
    public async Task<IReadOnlyList<string>> OfAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        string start = words.Count == 0 ? "" : words[^1];
        string[] before = [.. words.SkipLast(1)];
        var parsed = root.Parse([.. before, Here]);
        var command = parsed.CommandResult.Command;
        var all = start.StartsWith('-') ? UsageErrors.Options(command).Select(option => option.Name) : await WordsAsync(parsed, command, cancel);
        return [.. all.Where(word => word.StartsWith(start, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<string>> WordsAsync(ParseResult parsed, Command command, CancellationToken cancel)
    {
        var result = parsed.CommandResult.Children.FirstOrDefault(child => child.Tokens.Any(token => token.Value == Here));
        return result switch
        {
            null => command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name),
            ArgumentResult { Argument.Name: WorkflowArgument.Name or "SPEC|ID" } or OptionResult { Option.Name: "--workflow" } => await WorkflowsAsync(parsed, cancel),
            ArgumentResult { Argument.Name: JobReference.Name } or OptionResult { Option.Name: "--job" } => await JobsAsync(parsed, asSelection: false, cancel),
            OptionResult { Option.Name: "--select" } => await JobsAsync(parsed, asSelection: true, cancel),
            ArgumentResult argument => Labels(argument.Argument),
            OptionResult option => Labels(option.Option),
            _ => [],
        };
    }

    private static IEnumerable<string> Labels(Symbol symbol) => symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label);

    private static Task<IEnumerable<string>> WorkflowsAsync(ParseResult parsed, CancellationToken cancel) => AskAsync(
        parsed,
        async (client, limit) =>
        {
            var workflows = await client.WorkflowsAsync(limit);
            return workflows.SelectMany(workflow => new[] { workflow.Id.ToString(), workflow.Name }).Append("last");
        },
        cancel);

    private static Task<IEnumerable<string>> JobsAsync(ParseResult parsed, bool asSelection, CancellationToken cancel) => AskAsync(
        parsed,
        async (client, limit) =>
        {
            string? typed = parsed.CommandResult.Children.OfType<ArgumentResult>().FirstOrDefault(argument => argument.Argument.Name == WorkflowArgument.Name)?.Tokens is [var first, ..] ? first.Value : null;
            if (typed is null)
            {
                return [];
            }

            var jobs = await client.JobsAsync(await WorkflowArgument.FindAsync(client, typed, limit), select: null, limit);
            return jobs.Select(job => asSelection ? SelectionText.OfName(job.Name) : job.Name);
        },
        cancel);

    private static async Task<IEnumerable<string>> AskAsync(ParseResult parsed, Func<TorcClient, CancellationToken, Task<IEnumerable<string>>> ask, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            string? data = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--data") is Option<string?> option ? parsed.GetValue(option) : null;
            using var client = await new LocalServer(CommandRun.Data(data)).FindAsync(limit.Token);
            return client is null ? [] : await ask(client, limit.Token);
        }
        catch (Exception unasked) when (unasked is CommandException or OperationCanceledException or IOException or InvalidOperationException)
        {
            return [];
        }
    }
}
