using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>Sends a request byte by byte as written, where HttpClient would put it in order first.</summary>
internal static class RawHttp
{
    /// <summary>One request with the given lines between the first one and the empty one. No header is added but those named.</summary>
    public static Task<RawResponse> AskAsync(int port, string firstLine, IEnumerable<string> headers, string body = "") =>
        SendAsync(new IPEndPoint(IPAddress.Loopback, port), string.Join("\r\n", [firstLine, .. headers, "", body]));

    public static async Task<RawResponse> SendAsync(IPEndPoint server, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Waiting.Patience);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (server.AddressFamily == AddressFamily.InterNetworkV6)
        {
            socket.DualMode = true;
        }

        await socket.ConnectAsync(server, patience.Token);
        await using var stream = new NetworkStream(socket);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await ReadAsync(reader, patience.Token);
        }
        catch (IOException)
        {
            return RawResponse.Nothing;
        }
    }

    private static async Task<RawResponse> ReadAsync(StreamReader reader, CancellationToken cancel)
    {
        if (await reader.ReadLineAsync(cancel) is not { } first || !first.StartsWith("HTTP/1", StringComparison.Ordinal))
        {
            return RawResponse.Nothing;
        }

        int status = int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new List<KeyValuePair<string, string>>();
        while (await reader.ReadLineAsync(cancel) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':');
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }

        var head = new RawResponse(status, headers, "");
        if (head["Content-Length"] is { } length)
        {
            char[] body = new char[int.Parse(length, CultureInfo.InvariantCulture)];
            return head with { Body = new string(body, 0, await reader.ReadBlockAsync(body, cancel)) };
        }

        return head["Transfer-Encoding"] is "chunked" ? head with { Body = await ReadChunksAsync(reader, cancel) } : head;
    }

    private static async Task<string> ReadChunksAsync(StreamReader reader, CancellationToken cancel)
    {
        var body = new StringBuilder();
        while (await reader.ReadLineAsync(cancel) is { } size && int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and { } length)
        {
            char[] chunk = new char[length + 2];
            await reader.ReadBlockAsync(chunk, cancel);
            body.Append(chunk, 0, length);
        }

        return body.ToString();
    }
}
