using System.Net;
using System.Net.Sockets;

namespace Torc.Web.Security;

/// <summary>Looks peers up in <c>/proc/net/tcp</c> and <c>/proc/net/tcp6</c>.</summary>
internal sealed partial class ProcPeerLookup(TimeProvider time, ILogger<ProcPeerLookup> logger) : IPeerLookup
{
    private const string IPv4 = "/proc/net/tcp";
    private const string IPv6 = "/proc/net/tcp6";

    // The kernel writes the table in pieces, and a socket that moves between two reads is in neither: look again
    // before calling the owner a stranger. Together 7 ms.
    private static readonly TimeSpan[] PausesBetweenTries = [TimeSpan.Zero, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(5)];

    public async ValueTask<uint?> FindUidAsync(IPEndPoint client, IPEndPoint server, CancellationToken cancel)
    {
        try
        {
            for (int tries = 0; ; tries++)
            {
                if (await TryFindAsync(client, server, cancel) is { } uid)
                {
                    return uid;
                }

                if (tries == PausesBetweenTries.Length)
                {
                    return null;
                }

                await Task.Delay(PausesBetweenTries[tries], time, cancel);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(unreadable);
            return null;
        }
    }

    private static async ValueTask<uint?> TryFindAsync(IPEndPoint client, IPEndPoint server, CancellationToken cancel)
    {
        if (client.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return SocketTable.FindUid(await File.ReadAllBytesAsync(IPv6, cancel), client, server);
        }

        return SocketTable.FindUid(await File.ReadAllBytesAsync(IPv4, cancel), client, server)
            ?? (File.Exists(IPv6)
                ? SocketTable.FindUid(await File.ReadAllBytesAsync(IPv6, cancel), SocketTable.AsIPv6(client), SocketTable.AsIPv6(server))
                : null);
    }

    [LoggerMessage(501, LogLevel.Warning, "the table of sockets cannot be read, so nobody is recognised as the owner without a token or a link")]
    private partial void LogUnreadable(Exception unreadable);
}
