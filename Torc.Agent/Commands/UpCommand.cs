using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc up</c>: from nothing to a running workflow.</summary>
internal static class UpCommand
{
    private const int ErrorLines = 10;

    public static Command Create()
    {
        var spec = new Argument<string?>("SPEC") { Description = "The workflow to create and run: JSON, JSON5, YAML, KDL, or a .txt file with a command in each line; - reads standard input.", Arity = ArgumentArity.ZeroOrOne };
        var example = new Option<string?>("--example") { Description = "Runs an example in a folder of its name, which is made here: diamond, sweep, barrier, train, retry, commands, blank.", HelpName = "NAME" };
        var data = CommandRun.DataOption();
        var port = new Option<int?>("--port") { Description = "Where a new server listens on this machine. By default 8080, or the next free port." };
        var cpus = new Option<int?>("--cpus") { Description = "How many CPUs a new agent offers. By default all that it may use." };
        var labels = AgentCommand.LabelOption();
        var maxJobs = AgentCommand.MaxParallelJobsOption();
        var exitWhenDone = new Option<bool>("--exit-when-done") { Description = "Ends with the workflow; otherwise stays until Ctrl-C." };
        var noOpen = new Option<bool>("--no-open") { Description = "Opens no browser." };
        var json = CommandRun.JsonLinesOption();
        port.Require(0, ushort.MaxValue, "--port is 0 to 65535; 0 is any that is free.");
        cpus.Require(1, int.MaxValue, "--cpus is at least 1.");
        var command = new Command("up", "Starts the server and the agent of this machine if none run, then creates a workflow, runs it and shows it.")
        {
            spec, example, data, port, cpus, labels, maxJobs, exitWhenDone, noOpen, json,
        };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var folder = CommandRun.Data(parsed.GetValue(data));
            var workflow = await SpecAsync(parsed.GetValue(spec), parsed.GetValue(example), cancel);
            string[] server =
            [
                .. parsed.GetValue(port) is { } asked ? ["--port", Text(asked)] : Array.Empty<string>(),
                .. parsed.GetValue(cpus) is { } count ? ["--agent:cpus", Text(count)] : Array.Empty<string>(),
                .. parsed.GetValue(maxJobs) is { } most ? ["--agent:max_parallel_jobs", Text(most)] : Array.Empty<string>(),
                .. (parsed.GetValue(labels) ?? []).SelectMany((label, index) => new[] { $"--agent:labels:{Text(index)}", label }),
            ];
            using var client = await ConnectAsync(new LocalServer(folder), server, cancel);
            if (workflow is null)
            {
                if (parsed.GetValue(json))
                {
                    CommandRun.WriteJson(new AddressView(new Uri(client.Url, "workflows")), TorcJson.Default.AddressView);
                }
                else
                {
                    Console.WriteLine($"Dashboard   {client.Url.OriginalString}/workflows");
                }

                return ExitCode.Ok;
            }

            return await RunAsync(client, folder, workflow, new Manner(parsed.GetValue(exitWhenDone), !parsed.GetValue(noOpen), parsed.GetValue(json), Color.IsOn(parsed)), cancel);
        });
        return command;
    }

    // Read here first, so that a mistake is shown with its line before anything is started.
    private static async Task<LocalSpec?> SpecAsync(string? path, string? example, CancellationToken cancel)
    {
        if (path is not null && example is not null)
        {
            throw new CommandException(ExitCode.Usage, "Name a spec or an example, not both.");
        }

        path ??= example is null ? null : (await Example.UnpackAsync(example, cancel)).FullName;
        if (path is null)
        {
            return null;
        }

        var spec = await LocalSpec.ReadAsync(path, cancel);
        var reading = spec.Read();
        return reading.Definition is null ? throw new SpecRefusedException(reading.Problems, spec.Render(reading.Problems)) : spec;
    }

    private static async Task<TorcClient> ConnectAsync(LocalServer server, string[] arguments, CancellationToken cancel)
    {
        if (await server.FindAsync(cancel) is not { } running)
        {
            return await server.StartAsync(arguments, cancel);
        }

        if (arguments.Length > 0)
        {
            await Console.Error.WriteLineAsync($"A server runs already at {running.Url.OriginalString}; {arguments[0]} changes nothing.");
        }

        return running;
    }

    private static async Task<ExitCode> RunAsync(TorcClient client, DataFolder folder, LocalSpec spec, Manner manner, CancellationToken cancel)
    {
        var workflow = await Submission.SendAsync(client, spec, start: true, cancel);
        string address = $"{client.Url.OriginalString}/workflows/{workflow.Id}";
        await AnnounceAsync(client, workflow, address, manner.AsJson ? Console.Error : Console.Out, cancel);
        if (manner.OpenBrowser)
        {
            Browser.Open(address);
        }

        var progress = Progress.Create(address, manner.AsJson, manner.IsColored);
        WorkflowView? ended = null;
        try
        {
            ended = await new Following(folder).UntilEndAsync(workflow.Id, progress, cancel);
            if (!manner.AsJson)
            {
                foreach (string line in (string[])["", .. progress.Summary()])
                {
                    Console.WriteLine(line);
                }

                await ShowErrorsAsync(new LocalServer(folder), progress.Failed, cancel);
            }

            if (!manner.ExitWhenDone)
            {
                await Console.Error.WriteLineAsync("The dashboard stays. Ctrl-C leaves; the server and the agent go on until: torc down");
                await Task.Delay(Timeout.Infinite, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            if (ended is null)
            {
                await Console.Error.WriteLineAsync($"Left. The workflow goes on: {address}\nTo come back: torc watch {workflow.Id}");
                return ExitCode.Interrupted;
            }
        }

        return Ending.Of(ended, progress.Jobs);
    }

    // Most often, the last words of a job say what was wrong with it.
    private static async Task ShowErrorsAsync(LocalServer server, IEnumerable<JobView> failed, CancellationToken cancel)
    {
        foreach (var job in failed)
        {
            try
            {
                using var client = await server.RequireAsync(cancel);
                string errors = (await client.ErrorsAsync(new AttemptId(job.Id, job.Attempt), ErrorLines, cancel)).TrimEnd();
                Console.WriteLine(errors.Length == 0 ? $"{job.Name} wrote nothing to stderr." : $"{job.Name} wrote to stderr, at the end:\n{Shown.Text(errors)}");
            }
            catch (CommandException unread)
            {
                Console.WriteLine($"{job.Name}: {unread.Message}");
            }
        }
    }

    private static async Task AnnounceAsync(TorcClient client, WorkflowView workflow, string address, TextWriter output, CancellationToken cancel)
    {
        var link = await client.CreateLoginLinkAsync(cancel);
        await output.WriteLineAsync($"Workflow    {workflow.Name}, number {workflow.Id}, {workflow.Counts.Values.Sum()} jobs, in {workflow.WorkingDirectory}");
        await output.WriteLineAsync($"Dashboard   {address}");
        await output.WriteLineAsync($"            for a browser of another user, once: {link.Url}");
        if (Environment.GetEnvironmentVariable("SSH_CONNECTION") is not null)
        {
            await output.WriteLineAsync($"            from your own computer: ssh -L {client.Url.Port}:localhost:{client.Url.Port} {Environment.MachineName}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Manner(bool ExitWhenDone, bool OpenBrowser, bool AsJson, bool IsColored);
}
