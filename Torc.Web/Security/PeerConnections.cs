using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Torc.Web.Security;

/// <summary>
/// Recognises the owner of this server by the uid of the socket at the other end, once per connection and before a
/// byte of it is read. Loopback alone says nothing: every user of a login node can connect there. A tunnel of
/// <c>ssh -L</c> ends in a process of the user who opened it, so it is recognised too.
/// </summary>
internal sealed partial class PeerConnections(IPeerLookup lookup, ILogger<PeerConnections> logger)
{
    /// <summary>What the kernel shows for users that this user namespace does not know: never anybody's name.</summary>
    private const uint OverflowUid = 65534;

    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const byte Established = 1;

    private static readonly uint OwnUid = geteuid();

    public ConnectionDelegate Recognise(ConnectionDelegate next) => async connection =>
    {
        uint? uid = await FindUidAsync(connection);
        connection.Features.Set(new PeerUid(uid, uid == OwnUid && uid != OverflowUid));
        LogConnected(connection.ConnectionId, uid);
        await next(connection);
    };

    private async ValueTask<uint?> FindUidAsync(ConnectionContext connection)
    {
        if (connection is not { RemoteEndPoint: IPEndPoint client, LocalEndPoint: IPEndPoint server }
            || connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            return null;
        }

        try
        {
            uint? uid = await lookup.FindUidAsync(client, server, connection.ConnectionClosed);
            // Read after the lookup: while our end is established, the pair of addresses is this connection's own.
            // Otherwise a peer could send a request, reset, and leave its port to a program of the owner, whose socket
            // would then have been found in its place.
            return IsEstablished(socket) ? uid : null;
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static bool IsEstablished(Socket socket)
    {
        // struct tcp_info starts with tcpi_state, one byte.
        Span<byte> info = stackalloc byte[1];
        return socket.GetRawSocketOption(TcpLevel, TcpInfo, info) == 1 && info[0] == Established;
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [LoggerMessage(502, LogLevel.Debug, "connection {ConnectionId} comes from uid {Uid}")]
    private partial void LogConnected(string connectionId, uint? uid);
}
