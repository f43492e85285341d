using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary>Which workflow, job and attempt a command is about: inside a job, its own.</summary>
/// <param name="Workflow">A number, a name, or last.</param>
/// <param name="Token">The attempt's own; null for somebody from outside, who acts as the user.</param>
internal sealed record JobContext(string Workflow, JobId? Job, int? Attempt, string? Token)
{
    private const string ApiUrlVariable = "TORC_API_URL";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Option<string?> WorkflowOption() =>
        new("--workflow") { Description = "The workflow: its number, its name, or last. Inside a job by default its own.", HelpName = "ID" };

    /// <exception cref="CommandException">Neither says which workflow.</exception>
    public static JobContext Read(string? workflow) => workflow switch
    {
        { } chosen => new JobContext(chosen, null, null, null),
        null when Environment.GetEnvironmentVariable("TORC_WORKFLOW_ID") is { } own => new JobContext(
            own,
            Number("TORC_JOB_ID") is { } job ? new JobId(job) : null,
            (int?)Number("TORC_ATTEMPT_ID"),
            Environment.GetEnvironmentVariable(DataFolder.TokenVariable)),
        _ => throw new CommandException(ExitCode.Usage, "Which workflow? Name it with --workflow ID; inside a job it is known."),
    };

    /// <summary>
    /// Asks the server. Inside a job a server that does not answer is waited for: it may be starting again, and a job
    /// that worked for hours should not fail over that.
    /// </summary>
    public async Task<T> AskAsync<T>(DataFolder data, Func<TorcClient, WorkflowId, Task<T>> ask, CancellationToken cancel)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = await ConnectAsync(data, cancel);
                return await ask(client, await WorkflowArgument.FindAsync(client, Workflow, cancel));
            }
            catch (CommandException unreachable)
                when (unreachable.ExitCode == ExitCode.ServerNotReachable && Job is not null && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }

    /// <exception cref="CommandException">It is not JSON.</exception>
    public static JsonElement Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException notJson)
        {
            throw new CommandException(ExitCode.Usage, $"Not JSON: {notJson.Message}\nText is written in quotes, as in '\"done\"'.");
        }
    }

    // The server that runs here goes first: after a restart it may listen elsewhere than the job was told.
    private async Task<TorcClient> ConnectAsync(DataFolder data, CancellationToken cancel)
    {
        if (Token is null)
        {
            return await new LocalServer(data).RequireAsync(cancel);
        }

        using var here = await new LocalServer(data).FindAsync(cancel);
        string? url = here?.Url.OriginalString ?? Environment.GetEnvironmentVariable(ApiUrlVariable);
        return url is not null && Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? new TorcClient(address, Token)
            : throw new CommandException(ExitCode.ServerNotReachable, $"No server runs with the data folder {data.Path}, and {ApiUrlVariable} names none.");
    }

    private static long? Number(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
