using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Torc.Agent.Running;

/// <summary>A connection over the keeper's socket.</summary>
internal sealed class KeeperConnection : IAgentPeer, IAsyncDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly Channel<KeeperNews> _news = Channel.CreateUnbounded<KeeperNews>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;

    public KeeperConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _writing = WriteAsync();
    }

    public void Send(KeeperNews news) => _news.Writer.TryWrite(news);

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
                await JsonSerializer.SerializeAsync(_stream, news, KeeperJson.Default.KeeperNews, _closing.Token);
                await _stream.WriteAsync(NewLine, _closing.Token);
            }
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // The reader notices too, and ends the connection.
        }
    }
}
