using Microsoft.Extensions.Options;

namespace Torc.Web.Engine;

/// <summary>Looks now and then whether jobs that were sent ahead are stuck on one node while another has room.</summary>
internal sealed class AheadWatch(WorkflowEngine engine, IOptions<EngineOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    internal async Task RunAsync(CancellationToken cancel)
    {
        var pause = options.Value.Ahead > ShortestPause ? options.Value.Ahead : ShortestPause;
        using var clock = new PeriodicTimer(pause, time);
        try
        {
            while (await clock.WaitForNextTickAsync(cancel))
            {
                await engine.ChangeAsync(
                    (state, _, now) =>
                    {
                        state.TakeBackStuck(now);
                        return true;
                    },
                    cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
