using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;

namespace Torc.Web.Live;

/// <summary>A part of a page that is kept up to date from the feed while it is open.</summary>
public abstract class FollowingFeed : ComponentBase, IAsyncDisposable
{
    private readonly LiveFeed _feed;
    private readonly CancellationTokenSource _closing = new();
    private LiveWatch? _watch;
    private Task _following = Task.CompletedTask;

    protected FollowingFeed(LiveFeed feed)
    {
        _feed = feed;
        Closing = _closing.Token;
    }

    /// <summary>Ends what goes on when the page is closed.</summary>
    protected CancellationToken Closing { get; }

    /// <summary>What it is about, which does not change; null for every workflow, without its jobs.</summary>
    protected abstract WorkflowId? Watched { get; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _watch?.Dispose();
        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    protected sealed override async Task OnInitializedAsync()
    {
        // Watched before it is read: a change that falls between the two waits in the watch.
        _watch = _feed.Watch(Watched);
        try
        {
            if (await TryLoadAsync())
            {
                _following = _watch.FollowAsync(batch => InvokeAsync(() => ShowAsync(batch)), Closing);
            }
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was closed before it had anything to show.
        }
    }

    /// <returns>False if there is nothing to show, and so nothing to follow.</returns>
    protected abstract Task<bool> TryLoadAsync();

    /// <summary>Takes over what changed.</summary>
    protected abstract Task TakeAsync(LiveBatch batch);

    private async Task ShowAsync(LiveBatch batch)
    {
        if (Watched is { } watched && batch.Deleted.Contains(watched))
        {
            // What is shown is asked for anew, and there is nothing to show any more.
            await TryLoadAsync();
        }
        else
        {
            await TakeAsync(batch);
        }

        StateHasChanged();
    }
}
