using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Events;

/// <summary>A part of a page that reads again when a workflow has new events or user data, at most four times a second.</summary>
public abstract class FollowingBell : ComponentBase, IAsyncDisposable
{
    private readonly LiveFeed _feed;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private EventBell? _bell;
    private Task _following = Task.CompletedTask;

    protected FollowingBell(LiveFeed feed, TimeProvider time)
    {
        (_feed, _time) = (feed, time);
        Closing = _closing.Token;
    }

    /// <summary>Whose events it hears of, which does not change; null for every workflow.</summary>
    protected abstract WorkflowId? Heard { get; }

    /// <summary>Ends what goes on when the page is closed.</summary>
    protected CancellationToken Closing { get; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _bell?.Dispose();
        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called before anything is read, so that nothing falls in between.</summary>
    protected override void OnInitialized()
    {
        _bell = _feed.Listen(Heard);
        _following = FollowAsync(_bell);
    }

    /// <summary>Reads what is new.</summary>
    protected abstract Task CatchUpAsync();

    private async Task FollowAsync(EventBell bell)
    {
        try
        {
            while (true)
            {
                await bell.WaitAsync(Closing);
                await InvokeAsync(ShowAsync);
                await Task.Delay(LiveWatch.Pace, _time, Closing);
            }
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private async Task ShowAsync()
    {
        await CatchUpAsync();
        StateHasChanged();
    }
}
