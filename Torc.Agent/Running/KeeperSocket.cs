using System.Net.Sockets;
using Torc.Agent.Node;

namespace Torc.Agent.Running;

/// <summary>The keeper's socket in the spool folder, which only the owner may enter.</summary>
internal static class KeeperSocket
{
    /// <summary>Listens, in the place of a keeper that is gone.</summary>
    public static Socket Listen(Spool spool)
    {
        string path = Path.Combine(spool.Folder, Spool.KeeperSocket);
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var address = new SocketAddress(spool.Folder);
            socket.Bind(address.EndPoint);
            File.SetUnixFileMode(path, DurableFile.OwnerOnly);
            socket.Listen(backlog: 8);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="SocketException">No keeper listens.</exception>
    public static async Task<Socket> ConnectAsync(Spool spool, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var address = new SocketAddress(spool.Folder);
            await socket.ConnectAsync(address.EndPoint, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A socket's path has at most 107 bytes; a deeper one is reached through an open folder: <c>/proc/self/fd/12/keeper.sock</c>.</summary>
    private sealed class SocketAddress : IDisposable
    {
        private readonly int _folder = -1;

        public SocketAddress(string folder)
        {
            string path = Path.Combine(folder, Spool.KeeperSocket);
            if (System.Text.Encoding.UTF8.GetByteCount(path) > Libc.MaxSocketPath)
            {
                _folder = Libc.Open(folder, Libc.ODirectory | Libc.OCloseOnExec, 0);
                path = $"/proc/self/fd/{_folder}/{Spool.KeeperSocket}";
            }

            EndPoint = new UnixDomainSocketEndPoint(path);
        }

        public UnixDomainSocketEndPoint EndPoint { get; }

        public void Dispose()
        {
            if (_folder >= 0)
            {
                _ = Libc.Close(_folder);
            }
        }
    }
}
