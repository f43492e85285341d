using System.Net;
using System.Net.Sockets;

namespace Torc.Web.Security;

/// <summary>
/// The only sockets the server ever listens on. They are opened before Kestrel starts and handed to it, so that no
/// setting can make it listen elsewhere, and so that nobody can take one of the two addresses in between: a stranger
/// on [::1]:8080 beside our 127.0.0.1:8080 would be whom a browser reaches first as "localhost".
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int PortsToTry = 100;
    private const int Backlog = 512;

    private readonly IReadOnlyList<Socket> _sockets;
    private readonly HashSet<IPEndPoint> _handedOver = [];

    private LoopbackListener(IReadOnlyList<Socket> sockets)
    {
        _sockets = sockets;
        Addresses = [.. sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!)];
    }

    /// <summary>127.0.0.1 and, where the machine has it, ::1, on one port.</summary>
    public IReadOnlyList<IPEndPoint> Addresses { get; }

    public int Port => Addresses[0].Port;

    /// <summary>For people and for <c>server.json</c>. Without a trailing slash.</summary>
    public string Url => $"http://localhost:{Port}";

    /// <exception cref="StartRefusedException">The port that was asked for, or every port that was tried, is taken.</exception>
    public static LoopbackListener Open(ServerAddressOptions options)
    {
        int first = options.Port ?? ServerAddressOptions.DefaultPort;
        // Any free port: the kernel chooses for IPv4, and IPv6 may find that very port taken.
        int attempts = options.Port is null or 0 ? PortsToTry : 1;
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            if (TryOpen(options.Port is 0 ? 0 : first + attempt) is { } listener)
            {
                return listener;
            }
        }

        throw new StartRefusedException(options.Port is > 0 and { } port
            ? $"Port {port} is taken on this machine. Leave --port out and Torc takes the next free one, or name another."
            : $"No free port from {first} to {first + attempts - 1} on this machine. Name one with --port.");
    }

    /// <summary>Gives Kestrel the socket of one of our addresses, once, and of nothing else: not of an address from
    /// <c>ASPNETCORE_URLS</c>, <c>Kestrel:Endpoints</c> or code, nor of a Unix socket or an inherited descriptor.</summary>
    /// <exception cref="StartRefusedException">It is not one of our addresses.</exception>
    public Socket HandOver(EndPoint address)
    {
        for (int i = 0; i < Addresses.Count; i++)
        {
            if (Addresses[i].Equals(address) && _handedOver.Add(Addresses[i]))
            {
                return _sockets[i];
            }
        }

        throw new StartRefusedException($"Torc does not listen on '{address}': this version serves this machine only, at {Url}.");
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static LoopbackListener? TryOpen(int port)
    {
        var sockets = new List<Socket>();
        try
        {
            sockets.Add(Bound(IPAddress.Loopback, port));
            if (Socket.OSSupportsIPv6)
            {
                sockets.Add(Bound(IPAddress.IPv6Loopback, ((IPEndPoint)sockets[0].LocalEndPoint!).Port));
            }
        }
        catch (SocketException missing) when (sockets.Count == 1 && missing.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // A machine without ::1 cannot be asked there either.
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            sockets.ForEach(socket => socket.Dispose());
            return null;
        }

        return new LoopbackListener(sockets);
    }

    private static Socket Bound(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            // Listening, not only bound: two servers can both bind a port with SO_REUSEADDR, which .NET sets, and
            // only the first one to listen owns it. Kestrel's own call to listen is then a repetition.
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
