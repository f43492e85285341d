using System.Globalization;
using Torc.Agent.Link;
using Torc.Faults.Sites;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Benchmarks.Scale;

/// <summary>Simulated agents of one site.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _agents;

    /// <param name="cpus">That each offers.</param>
    /// <param name="takes">How long each job takes; zero ends it with the next report.</param>
    public Crowd(RealSite site, int count, int cpus, TimeSpan takes) =>
        _agents = [.. Enumerable.Range(1, count).Select(number => new NullAgent(
            new ServerLocation(site.Url, token: null, site.Data),
            string.Create(CultureInfo.InvariantCulture, $"null{number}"),
            new NodeCapacity(cpus, new MemorySize(1L << 40), Gpus: 0),
            takes,
            Latencies).RunAsync(_over.Token))];

    public Latencies Latencies { get; } = new();

    /// <summary>Throws what went wrong, if an agent has failed.</summary>
    public Task CheckAsync() => _agents.Find(agent => agent.IsFaulted) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_agents).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }
}
