using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Torc.Agent.Node;
using Torc.Agent.Running;

namespace Torc.Agent.Link;

/// <summary>Connects to the keeper of a spool, and starts one when nobody answers there.</summary>
internal sealed partial class KeeperConnector(Spool spool, TimeProvider time, ILogger<KeeperConnector> logger) : IKeeperConnector
{
    /// <summary>A new keeper first ends what its predecessor left running.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(10);

    private DetachedProcess? _started;

    public async Task<IKeeperLink> OpenAsync(CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            if (await TryConnectAsync(cancel) is { } link)
            {
                return link;
            }

            if (time.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"no keeper answers; {spool.KeeperLog} may say why");
            }

            StartIfNoneIsOnItsWay();
            await Task.Delay(BetweenTries, time, cancel);
        }
    }

    private async Task<KeeperLink?> TryConnectAsync(CancellationToken cancel)
    {
        try
        {
            return new KeeperLink(await KeeperSocket.ConnectAsync(spool, cancel));
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private void StartIfNoneIsOnItsWay()
    {
        if (_started is { } earlier)
        {
            if (!earlier.TryReap(out int exitCode))
            {
                return;
            }

            _started = null;
            if (exitCode != 0)
            {
                throw new IOException($"the keeper ended with {exitCode}; {spool.KeeperLog} may say why");
            }
        }

        var environment = JobEnvironment.WithoutSecrets(DetachedProcess.OwnEnvironment());
        _started = DetachedProcess.Start(ThisProgram.CommandLine("keeper", "--spool", spool.Folder), environment, spool.Folder, spool.KeeperLog);
        LogStarted(_started.Pid);
    }

    [LoggerMessage(321, LogLevel.Information, "no keeper answers; started one pid={Pid}")]
    private partial void LogStarted(int pid);
}
