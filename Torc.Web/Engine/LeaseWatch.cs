using Microsoft.Extensions.Options;

namespace Torc.Web.Engine;

/// <summary>Looks from time to time whose leases have run out.</summary>
internal sealed partial class LeaseWatch(WorkflowEngine engine, IOptions<EngineOptions> options, TimeProvider time, ILogger<LeaseWatch> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    internal async Task RunAsync(CancellationToken cancel)
    {
        using var clock = new PeriodicTimer(options.Value.Lease / 20, time);
        try
        {
            while (await clock.WaitForNextTickAsync(cancel))
            {
                await LookAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            int lost = await engine.ChangeAsync((state, commit, now) => state.ExpireLeases(now, commit), cancel);
            if (lost > 0)
            {
                LogLost(lost);
            }
        }
        catch (IOException)
        {
            // The engine has said why it could not store it; the leases have still run out the next time.
        }
    }

    [LoggerMessage(211, LogLevel.Warning, "the leases of {Count} attempts have run out")]
    private partial void LogLost(int count);
}
