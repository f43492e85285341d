using System.Collections.Concurrent;
using System.Diagnostics;
using Torc.Agent.Client;
using Torc.Shared.Jobs;

namespace Torc.Benchmarks.Scale;

/// <summary>Follows a workflow as programs do, with all of its jobs.</summary>
internal sealed class Watcher(Uri server, WorkflowId workflow)
{
    private static readonly TimeSpan BetweenClicks = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource _hasAll = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<double> _delays = [];
    private readonly ConcurrentQueue<double> _clicks = [];

    /// <summary>Ends when it has all jobs, and from then on gets what changes.</summary>
    public Task HasAll => _hasAll.Task;

    /// <summary>From the end of a job to when we had it, in milliseconds.</summary>
    public IEnumerable<double> Delays => _delays;

    /// <summary>From asking for a page to having all of it, in milliseconds.</summary>
    public IEnumerable<double> Clicks => _clicks;

    /// <summary>Runs until it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var follower = new Follower(_ => Task.FromResult<TorcClient?>(new TorcClient(server, token: null)));
        await foreach (var update in follower.FollowAsync(workflow, cancel))
        {
            var now = DateTimeOffset.UtcNow;
            foreach (var job in HasAll.IsCompleted ? update?.Jobs ?? [] : [])
            {
                if (job.EndedAt is { } ended)
                {
                    _delays.Enqueue((now - ended).TotalMilliseconds);
                }
            }

            _hasAll.TrySetResult();
        }
    }

    /// <summary>Asks for the workflow's page again and again, until it is canceled.</summary>
    public async Task ClickAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = server };
        // What is compiled for the first page is not what everybody waits for.
        await http.GetByteArrayAsync($"/workflows/{workflow}", cancel);
        while (true)
        {
            long asked = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync($"/workflows/{workflow}", cancel);
            _clicks.Enqueue(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(BetweenClicks, cancel);
        }
    }
}
