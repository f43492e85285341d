using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc event</c>: what jobs and people want to be remembered, and what Torc itself did.</summary>
internal static class EventCommand
{
    private const int PageSize = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create() => new("event", "Posts and lists the events of a workflow.") { Post(), List() };

    private static Command Post()
    {
        var type = new Argument<string>("TYPE") { Description = "What happened, such as checkpoint." };
        var value = new Option<string?>("--data") { Description = "Any JSON value.", HelpName = "JSON" };
        var workflow = JobContext.WorkflowOption();
        var json = CommandRun.JsonOption();
        var command = new Command("post", "Posts an event.") { type, value, workflow, json };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var context = JobContext.Read(parsed.GetValue(workflow));
            var posted = new NewEvent(
                parsed.GetRequiredValue(type),
                parsed.GetValue(value) is { } data ? JobContext.Json(data) : null,
                context.Job,
                context.Attempt,
                // The same for every try, so that an answer that was lost does not make two events of one.
                Key: Guid.NewGuid().ToString("N"));
            var stored = await context.AskAsync(CommandRun.Data(option: null), (client, id) => client.PostEventAsync(id, posted, cancel), cancel);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(Json(stored));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var workflow = JobContext.WorkflowOption();
        var type = new Option<string?>("--type") { Description = "Only of this type, or of those that begin so with a star behind it, such as 'torc.job.*'.", HelpName = "TYPE" };
        var job = new Option<string?>("--job") { Description = "Only of this job, by name.", HelpName = "NAME" };
        var run = new Option<int?>("--run") { Description = "Only of this run.", HelpName = "N" };
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only from this instant on, such as 2026-05-04T14:00:00Z.", HelpName = "INSTANT" };
        var where = new Option<string[]>("--where") { Description = "Only where this holds for a field of the data, such as 'loss<0.2'; may be given several times.", HelpName = "CONDITION" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on with new ones as they come, until Ctrl-C." };
        var json = CommandRun.JsonLinesOption();
        var folder = CommandRun.DataOption();
        var command = new Command("list", "Lists the events of a workflow, the oldest first: what was posted, and what Torc did.") { workflow, type, job, run, since, where, follow, json, folder };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var filter = new Dictionary<string, string?[]>
            {
                ["type"] = [parsed.GetValue(type)],
                ["job"] = [parsed.GetValue(job)],
                ["run"] = [parsed.GetValue(run)?.ToString(CultureInfo.InvariantCulture)],
                ["since"] = [parsed.GetValue(since)?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)],
                ["data"] = parsed.GetValue(where) ?? [],
            };
            string query = string.Concat(filter.SelectMany(pair => pair.Value, (pair, one) => one is null ? "" : $"&{pair.Key}={Uri.EscapeDataString(one)}"));
            bool asJson = parsed.GetValue(json);
            bool isFollowed = parsed.GetValue(follow);
            var context = JobContext.Read(parsed.GetValue(workflow));
            long seen = 0;
            do
            {
                try
                {
                    await context.AskAsync(CommandRun.Data(parsed.GetValue(folder)), PrintAsync, cancel);
                }
                catch (Exception lost) when (isFollowed && seen > 0 && IsLost(lost))
                {
                    await Console.Error.WriteLineAsync("The server does not answer; what it has to tell is shown when it does.");
                    await Task.Delay(Pause, cancel);
                }
            }
            while (isFollowed);
            return ExitCode.Ok;

            async Task<ExitCode> PrintAsync(TorcClient client, WorkflowId id)
            {
                var events = isFollowed ? client.FollowEventsAsync(id, query, seen, cancel) : AllAsync(client, id, query, cancel);
                await foreach (var one in events)
                {
                    seen = one.Number;
                    Console.WriteLine(asJson ? Json(one) : Line(one));
                }

                return ExitCode.Ok;
            }
        });
        return command;
    }

    private static bool IsLost(Exception failure) => failure is IOException or HttpRequestException or CommandException { ExitCode: ExitCode.ServerNotReachable };

    private static async IAsyncEnumerable<EventView> AllAsync(TorcClient client, WorkflowId workflow, string query, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? address = $"api/v1/workflows/{workflow}/events?limit={PageSize}{query}";
        while (address is not null)
        {
            (var page, address) = await client.EventsAsync(address, cancel);
            foreach (var one in page)
            {
                yield return one;
            }
        }
    }

    private static string Json(EventView one) => JsonSerializer.Serialize(one, TorcJson.Default.EventView);

    // 2026-05-04T14:02:11.000Z checkpoint run=1 job=work2 attempt=1 node=n1 {"loss":0.2}
    private static string Line(EventView one) => Shown.Words(string.Join(
        ' ',
        [
            one.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            one.Type,
            string.Create(CultureInfo.InvariantCulture, $"run={one.Run}"),
            .. one.JobName is { } job ? [$"job={job}"] : Array.Empty<string>(),
            .. one.Attempt is { } attempt ? [string.Create(CultureInfo.InvariantCulture, $"attempt={attempt}")] : Array.Empty<string>(),
            .. one.Node is { } node ? [$"node={node}"] : Array.Empty<string>(),
            .. one.Data is { } data ? [data.GetRawText()] : Array.Empty<string>(),
        ]));
}
