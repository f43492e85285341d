using System.Net;
using System.Net.Sockets;

namespace Torc.Faults.Crashes;

/// <summary>
/// A line between two processes of this machine that can be cut. What is under way on a cut line waits, as it does when a cable was
/// pulled and the systems at both ends send again; who connects meanwhile finds a line that is open and silent, and stays so for ever,
/// as behind a firewall that has forgotten it.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 << 10;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;

    // Completed while the line is whole.
    private volatile TaskCompletionSource _whole = Whole();

    /// <param name="serverPort">On 127.0.0.1.</param>
    public TcpProxy(int serverPort)
    {
        _server = new IPEndPoint(IPAddress.Loopback, serverPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>By number: to the server, this machine's own numbers are good names.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many have connected while the line was cut.</summary>
    public int Swallowed { get; private set; }

    public void Cut() => _whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heal() => _whole.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _closing.Dispose();
    }

    private static TaskCompletionSource Whole()
    {
        var whole = new TaskCompletionSource();
        whole.SetResult();
        return whole;
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_closing.Token);
                lines.RemoveAll(line => line.IsCompleted);
                if (_whole.Task.IsCompleted)
                {
                    lines.Add(CarryAsync(client));
                }
                else
                {
                    Swallowed++;
                    lines.Add(SwallowAsync(client));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The proxy closes.
        }

        await Task.WhenAll(lines);
    }

    private async Task CarryAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _closing.Token);
                await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
            }
            catch (Exception closed) when (closed is SocketException or OperationCanceledException)
            {
                // Either end may leave at any time; the other sees it by the end of its own half.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer, _closing.Token) is > 0 and var count)
            {
                await _whole.Task.WaitAsync(_closing.Token);
                for (int sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _closing.Token);
                }
            }

            await _whole.Task.WaitAsync(_closing.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // A reset is passed on, too.
            await _whole.Task.WaitAsync(_closing.Token);
            from.Close();
            to.Close();
        }
    }

    private async Task SwallowAsync(Socket client)
    {
        byte[] buffer = new byte[BufferBytes];
        using (client)
        {
            try
            {
                while (await client.ReceiveAsync(buffer, _closing.Token) > 0)
                {
                    // Nobody gets it.
                }
            }
            catch (Exception closed) when (closed is SocketException or OperationCanceledException)
            {
                // It gave up.
            }
        }
    }
}
