using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Engine;

namespace Torc.Web.Jobs;

/// <summary>Reads logs from the node where they lie.</summary>
internal sealed class LogReader(JobLocationQueries locations, AgentConnections connections, IHubContext<AgentHub, IAgentClient> hub)
{
    /// <summary>Half a screen of long lines: enough for any tail that a page shows.</summary>
    private const int TailBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>The end of the log, from the start of a line; or why it cannot be read.</returns>
    public async Task<LogChunk> TailAsync(AttemptId attempt, LogStream stream, int lines, CancellationToken cancel)
    {
        if (await locations.NodeOfAsync(attempt, cancel) is not { } node)
        {
            return Nothing("The job has not started.");
        }

        if (connections.Of(node.Id) is not { } connection)
        {
            return Nothing($"The log is on node {node.Name}, which is not connected.");
        }

        try
        {
            var chunk = await hub.Clients.Client(connection).ReadLog(new LogRequest(attempt, stream, -TailBytes, TailBytes)).WaitAsync(Patience, cancel);
            return chunk.Missing is null ? LastLines(chunk, lines) : chunk;
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or HubException)
        {
            return Nothing($"The log is on node {node.Name}, which did not answer.");
        }
    }

    internal static LogChunk LastLines(LogChunk chunk, int lines)
    {
        var content = chunk.Content.AsSpan();
        int start = content.Length;
        for (int found = 0; start > 0 && found < lines; found++)
        {
            // The newline that ends the last line does not begin another one.
            int before = content[..(start - 1)].LastIndexOf((byte)'\n');
            if (before < 0)
            {
                // The first line of a part from the middle may be cut; better one line less than half a line.
                start = chunk.Offset == 0 || found == 0 ? 0 : start;
                break;
            }

            start = before + 1;
        }

        return chunk with { Content = content[start..].ToArray(), Offset = chunk.Offset + start };
    }

    private static LogChunk Nothing(string why) => new([], 0, 0, why);
}
