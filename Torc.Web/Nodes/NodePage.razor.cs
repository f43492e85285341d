using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Web.Shell;

namespace Torc.Web.Nodes;

/// <summary>One compute node: what it has, what was used of it in the last hour, and what runs there.</summary>
public sealed partial class NodePage(INodeQueries queries, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _closing = new();
    private Task _following = Task.CompletedTask;
    private NodesNow? _now;
    private long _beat;

    [Parameter]
    public long Id { get; set; }

    private NodeView? Node => _now?.Nodes.FirstOrDefault(node => node.Id.Value == Id);

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

            // Its newest sample says whether there is something new to draw.
            _beat = Node is { } node && now.UseOf(node.Id) is { } use ? use.At.ToUnixTimeMilliseconds() : 0;
            StateHasChanged();
        }),
        _closing.Token);

    private string Source() => string.Create(CultureInfo.InvariantCulture, $"api/v1/nodes/{Id}/samples?points=720&since={InstantText.ForBrowser(time.GetUtcNow() - Shown)}");
}
