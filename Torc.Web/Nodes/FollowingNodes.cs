using Microsoft.AspNetCore.Components;

namespace Torc.Web.Nodes;

/// <summary>A page about nodes, kept up to date while it is open.</summary>
public abstract class FollowingNodes(INodeQueries queries, TimeProvider time) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closing = new();
    private Task _following = Task.CompletedTask;

    /// <summary>Null until it was read.</summary>
    private protected NodesNow? Now { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => _following = FollowAsync();

    // It asks for what is in memory, so that many open pages cost little.
    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                var now = new NodesNow(await queries.ListAsync(_closing.Token), await queries.UsageAsync(_closing.Token));
                await InvokeAsync(() =>
                {
                    Now = now;
                    StateHasChanged();
                });
                await Task.Delay(Tick, time, _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }
}
