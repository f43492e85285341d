using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary>Which workflow, job and attempt a command is about: inside a job, its own.</summary>
internal sealed record JobContext(WorkflowId Workflow, JobId? Job, int? Attempt)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Option<long?> WorkflowOption() => new("--workflow") { Description = "The workflow's number. Inside a job by default its own.", HelpName = "ID" };

    /// <exception cref="CommandException">Neither says which workflow.</exception>
    public static JobContext Read(long? workflow) => workflow switch
    {
        { } chosen => new JobContext(new WorkflowId(chosen), null, null),
        null when Number("TORC_WORKFLOW_ID") is { } own =>
            new JobContext(new WorkflowId(own), Number("TORC_JOB_ID") is { } job ? new JobId(job) : null, (int?)Number("TORC_ATTEMPT_ID")),
        _ => throw new CommandException(ExitCode.Usage, "Which workflow? Name it with --workflow ID; inside a job it is known."),
    };

    /// <summary>
    /// Asks the server. Inside a job a server that does not answer is waited for: it may be starting again, and a job
    /// that worked for hours should not fail over that.
    /// </summary>
    public async Task<T> AskAsync<T>(DataFolder data, Func<TorcClient, Task<T>> ask, CancellationToken cancel)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var client = await new LocalServer(data).RequireAsync(cancel);
                return await ask(client);
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

    private static long? Number(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
