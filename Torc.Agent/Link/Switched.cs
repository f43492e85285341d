namespace Torc.Agent.Link;

/// <summary>Something that goes on while it is wanted.</summary>
/// <param name="run">Goes on until it is canceled.</param>
internal sealed class Switched(Func<CancellationToken, Task> run) : IAsyncDisposable
{
    private CancellationTokenSource? _stop;
    private Task _running = Task.CompletedTask;

    /// <summary>Starts or ends it; returns when it has ended.</summary>
    public async Task TurnAsync(bool isWanted)
    {
        if (isWanted == (_stop is not null))
        {
            return;
        }

        if (isWanted)
        {
            _stop = new CancellationTokenSource();
            _running = run(_stop.Token);
            return;
        }

        await _stop!.CancelAsync();
        _stop.Dispose();
        _stop = null;
        await _running;
    }

    public async ValueTask DisposeAsync() => await TurnAsync(isWanted: false);
}
