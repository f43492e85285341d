using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Client;

/// <summary>Prints what is added to a log until its attempt has ended, across restarts of the server.</summary>
/// <param name="find">Finds the server anew at every connection, since a restarted one may listen elsewhere.</param>
internal sealed class LogFollower(Func<CancellationToken, Task<TorcClient?>> find)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="offset">From here on, in bytes.</param>
    public async Task FollowAsync(AttemptId attempt, LogStream stream, long offset, LogOutput output, CancellationToken cancel)
    {
        bool isTold = false;
        while (!output.IsClosed)
        {
            try
            {
                using var client = await find(cancel);
                if (client is not null)
                {
                    using var answer = await client.FollowLogAsync(attempt, stream, offset, cancel);
                    isTold = false;
                    (bool isOver, offset) = await PrintAsync(answer, offset, output, cancel);
                    if (isOver)
                    {
                        return;
                    }
                }
            }
            catch (Exception lost) when (lost is IOException or HttpRequestException or JsonException or CommandException { ExitCode: ExitCode.ServerNotReachable })
            {
                // However the line broke, the server is found again, and goes on from there.
            }

            if (!isTold && !output.IsClosed)
            {
                isTold = true;
                await Console.Error.WriteLineAsync("The server does not answer; waits for it.");
            }

            await Task.Delay(Pause, cancel);
        }
    }

    private static async Task<(bool IsOver, long Offset)> PrintAsync(HttpResponseMessage answer, long offset, LogOutput output, CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(body, (_, data) => JsonSerializer.Deserialize(data, TorcJson.Default.LogNews)).EnumerateAsync(cancel))
        {
            if (item.Data is not { } news)
            {
                continue;
            }

            if (news.Note is { } words)
            {
                await Console.Error.WriteLineAsync(Shown.Words(words));
            }

            if (news.Offset > offset)
            {
                // What lies between was not kept, and nobody knows how many lines it had.
                output.StartsAt(null);
            }

            output.Write(news.Bytes ?? Encoding.UTF8.GetBytes(news.Text ?? ""));
            offset = long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out long next) ? next : offset;
            if (item.EventType == "end" || output.IsClosed)
            {
                return (true, offset);
            }
        }

        return (false, offset);
    }
}
