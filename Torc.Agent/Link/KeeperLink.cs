using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Torc.Agent.Running;

namespace Torc.Agent.Link;

/// <summary>The agent's end of the keeper's socket: one message a line.</summary>
internal sealed class KeeperLink(Socket socket) : IKeeperLink
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly SemaphoreSlim _sending = new(1);

    public async Task SendAsync(KeeperRequest request, CancellationToken cancel)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, KeeperJson.Default.KeeperRequest), (byte)'\n'];
        await _sending.WaitAsync(cancel);
        try
        {
            await _stream.WriteAsync(line, cancel);
        }
        finally
        {
            _sending.Release();
        }
    }

    public async IAsyncEnumerable<KeeperNews> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var reader = new StreamReader(_stream, leaveOpen: true);
        while (await ReadLineAsync(reader, cancel) is { } line)
        {
            yield return JsonSerializer.Deserialize(line, KeeperJson.Default.KeeperNews) ?? throw new JsonException("the keeper said null");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _sending.Dispose();
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadLineAsync(cancel);
        }
        catch (IOException)
        {
            // A keeper that was killed resets the connection instead of ending it.
            return null;
        }
    }
}
