using Torc.Shared.Contracts;
using Torc.Shared.Metrics;

namespace Torc.Agent.Link;

/// <summary>Samples on their way to the server. While it is away the newest are kept: twenty jobs for a quarter of an hour, and the node for an hour and a half.</summary>
internal sealed class SampleBacklog
{
    private const int MostOfAttempts = 20_000;
    private const int MostOfNode = 1_080;
    private const int AtOnce = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<AttemptSample> _attempts = new();
    private readonly Queue<UsagePoint> _node = new();
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(IEnumerable<AttemptSample> samples) => Add(_attempts, samples, MostOfAttempts);

    public void Add(UsagePoint ofNode) => Add(_node, [ofNode], MostOfNode);

    /// <summary>Sends all that there is, oldest first. What was not sent because the way broke off is sent the next time, and perhaps twice.</summary>
    public async Task SendAsync(IHubLink hub, CancellationToken cancel)
    {
        while (Peek(_attempts) is { Count: > 0 } samples)
        {
            await hub.SampleAsync(samples, cancel);
            Remove(_attempts, samples);
        }

        while (Peek(_node) is { Count: > 0 } points)
        {
            await hub.SampleNodeAsync(points, cancel);
            Remove(_node, points);
        }
    }

    /// <summary>Waits until there is something to send.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        Task added;
        lock (_gate)
        {
            if (_attempts.Count + _node.Count > 0)
            {
                return;
            }

            added = _added.Task;
        }

        await added.WaitAsync(cancel);
    }

    private void Add<T>(Queue<T> queue, IEnumerable<T> added, int most)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            foreach (var one in added)
            {
                queue.Enqueue(one);
            }

            while (queue.Count > most)
            {
                queue.Dequeue();
            }

            (waiting, _added) = (_added, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.TrySetResult();
    }

    private List<T> Peek<T>(Queue<T> queue)
    {
        lock (_gate)
        {
            return [.. queue.Take(AtOnce)];
        }
    }

    // Meanwhile the oldest may have made way for newer ones.
    private void Remove<T>(Queue<T> queue, List<T> sent)
        where T : notnull
    {
        lock (_gate)
        {
            var gone = sent.ToHashSet();
            while (queue.TryPeek(out var oldest) && gone.Contains(oldest))
            {
                queue.Dequeue();
            }
        }
    }
}
