using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;

namespace Torc.Agent.Commands;

/// <summary><c>torc wait</c>: ends when workflows have ended.</summary>
internal static class WaitCommand
{
    public static Command Create()
    {
        var ids = WorkflowArgument.Several(ArgumentArity.OneOrMore);
        var timeout = new Option<string?>("--timeout") { Description = "How long to wait at most, such as 2h: then the exit code is 124, and the workflows go on.", HelpName = "DURATION" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Prints nothing." };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("wait", "Waits until workflows have ended. Returns 0 if all went well, 3 if jobs failed, 4 if somebody stopped one, 124 after the timeout.") { ids, timeout, quiet, json, data };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } duration && DurationText.TryParse(duration, out var problem) is null)
            {
                result.AddError($"--timeout {problem!.Message}");
            }
        });
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var folder = CommandRun.Data(parsed.GetValue(data));
            using var client = await new LocalServer(folder).RequireAsync(cancel);
            var workflows = await WorkflowArgument.FindAllAsync(client, parsed.GetRequiredValue(ids), cancel);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (parsed.GetValue(timeout) is { } limit)
            {
                patience.CancelAfter(DurationText.TryParse(limit, out _)!.Value);
            }

            ExitCode[] codes;
            try
            {
                codes = await Task.WhenAll(workflows.Select(workflow => new Waiter(folder).UntilEndAsync(workflow, patience.Token)));
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new CommandException(ExitCode.Timeout, $"Not ended within {parsed.GetValue(timeout)}. What runs goes on; to see what it waits for: torc show {parsed.GetRequiredValue(ids)[0]}");
            }

            var ended = new List<WorkflowView>();
            using var after = await new LocalServer(folder).RequireAsync(cancel);
            foreach (var workflow in workflows)
            {
                ended.Add(await after.WorkflowAsync(workflow.Id, cancel));
            }

            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(ended, TorcJson.Default.IReadOnlyListWorkflowView);
            }
            else if (!parsed.GetValue(quiet))
            {
                ended.ForEach(workflow => Console.WriteLine($"{workflow.Name}, number {workflow.Id}: {WorkflowStatusWords.Of(workflow.Status)}, {Progress.Counts(workflow)}"));
            }

            return Ending.Worst(codes);
        });
        return command;
    }
}
