using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Torc.Agent.Running;

/// <summary>A connection over the keeper's socket.</summary>
internal sealed class KeeperConnection : IAgentPeer, IAsyncDisposable
{
    /// <summary>An agent that is frozen reads nothing, for hours. What happened waits for it; what was measured does not.</summary>
    private const int WaitingWithoutMeasurements = 16;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    // Written by whoever sends, unless the agent does not read: a change of threads would cost more.
    private readonly Channel<KeeperNews> _news =
        Channel.CreateUnbounded<KeeperNews>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;
    private int _waiting;

    public KeeperConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _writing = WriteAsync();
    }

    public void Send(KeeperNews news)
    {
        if (news is not KeeperSamples || Volatile.Read(ref _waiting) < WaitingWithoutMeasurements)
        {
            Interlocked.Increment(ref _waiting);
            _news.Writer.TryWrite(news);
        }
    }

    public async Task ReadAsync(Action<KeeperRequest> take)
    {
        try
        {
            using var reader = new StreamReader(_stream, leaveOpen: true);
            while (await reader.ReadLineAsync(_closing.Token) is { } line)
            {
                if (JsonSerializer.Deserialize(line, KeeperJson.Default.KeeperRequest) is { } request)
                {
                    take(request);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or JsonException or OperationCanceledException)
        {
            // An agent that was killed leaves half a line behind. Either way it is gone, and the next one starts over.
        }
    }

    public void Close()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The agent was faster.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _writing;
        await _stream.DisposeAsync();
        _closing.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var news in _news.Reader.ReadAllAsync(_closing.Token))
            {
                byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(news, KeeperJson.Default.KeeperNews), (byte)'\n'];
                await _stream.WriteAsync(line, _closing.Token);
                Interlocked.Decrement(ref _waiting);
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // The reader notices too, and ends the connection.
        }
    }
}
