namespace Torc.Web.Security;

/// <summary>Keeps <c>server.json</c> in the data folder while the server listens.</summary>
internal sealed partial class ServerAnnouncement(ServerInstance instance, LoopbackListener listener, ILogger<ServerAnnouncement> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs when every service has started, Kestrel included: who reads the file can connect.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await instance.AnnounceAsync(listener.Url, cancellationToken);
        LogListening(listener.Url);
    }

    /// <summary>Before connections are closed, so that nobody is sent to a server that is leaving.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        instance.Withdraw();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(503, LogLevel.Information, "listening at {Url}, for this machine only")]
    private partial void LogListening(string url);
}
