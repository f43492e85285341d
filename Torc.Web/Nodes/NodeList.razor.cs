namespace Torc.Web.Nodes;

/// <summary>All compute nodes with what is used of them, kept up to date while the page is open.</summary>
public sealed partial class NodeList(INodeQueries queries, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Task _following = Task.CompletedTask;
    private NodesNow? _now;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _closing.Dispose();
    }

    protected override void OnInitialized() => _following = NodesNow.FollowAsync(
        queries,
        time,
        now => InvokeAsync(() =>
        {
            _now = now;
            StateHasChanged();
        }),
        _closing.Token);
}
