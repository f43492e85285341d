using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Client;

/// <summary>Follows a workflow for as long as it takes, across restarts of the server.</summary>
/// <param name="find">Finds the server anew at every connection, since a restarted one may listen elsewhere.</param>
internal sealed class Follower(Func<CancellationToken, Task<TorcClient?>> find)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Yields what is new; null when the server does not answer, once each time it goes away.</summary>
    public async IAsyncEnumerable<WorkflowUpdate?> FollowAsync(WorkflowId workflow, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            await using var updates = ConnectionAsync(workflow, cancel).GetAsyncEnumerator(cancel);
            bool heard = false;
            while (await NextAsync(updates, cancel) is { } update)
            {
                heard = true;
                yield return update;
            }

            if (heard)
            {
                yield return null;
            }

            await Task.Delay(Pause, cancel);
        }
    }

    private async IAsyncEnumerable<WorkflowUpdate> ConnectionAsync(WorkflowId workflow, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var client = await find(cancel);
        if (client is null)
        {
            yield break;
        }

        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(client.Url, HubPaths.Watch), options => options.AccessTokenProvider = () => Task.FromResult(client.Token))
            .AddJsonProtocol(options => TorcJson.Configure(options.PayloadSerializerOptions))
            .Build();
        await connection.StartAsync(cancel);
        await foreach (var update in connection.StreamAsync<WorkflowUpdate>(nameof(IWatchHub.Follow), workflow, cancel))
        {
            yield return update;
        }
    }

    private static async Task<WorkflowUpdate?> NextAsync(IAsyncEnumerator<WorkflowUpdate> updates, CancellationToken cancel)
    {
        try
        {
            return await updates.MoveNextAsync() ? updates.Current : null;
        }
        catch (Exception lost) when (!cancel.IsCancellationRequested && lost is not OutOfMemoryException)
        {
            // However the line broke, the answer is the same: find the server again.
            return null;
        }
    }
}
