using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Torc.Tests.Support;

/// <summary>
/// A reverse proxy that offers a server under a prefix, as those of sites do: it passes the host on, forwards WebSockets, and answers 502
/// for every path outside the prefix.
/// </summary>
internal sealed class PrefixProxy : IAsyncDisposable
{
    // They belong to one connection and are not passed on.
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Host", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions",
    };

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly string _prefix;

    private PrefixProxy(WebApplication app, string prefix) => (_app, _prefix) = (app, prefix);

    /// <summary>Where browsers open it, with the prefix and a slash.</summary>
    public Uri Address => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), $"{_prefix}/");

    /// <summary>The server behind it.</summary>
    public Uri? Server { get; set; }

    /// <summary>Whether the server is asked with the prefix in the path, or without it.</summary>
    public bool KeepsPrefix { get; set; }

    /// <param name="prefix">Such as <c>/torc</c>.</param>
    public static async Task<PrefixProxy> StartAsync(string prefix)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var proxy = new PrefixProxy(app, prefix);
        app.UseWebSockets();
        app.Run(proxy.ForwardAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(_prefix, StringComparison.Ordinal, out var rest) || !rest.HasValue)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        var path = KeepsPrefix ? context.Request.Path : rest;
        var target = new Uri(Server!, path.ToUriComponent() + context.Request.QueryString.ToUriComponent());
        try
        {
            await (context.WebSockets.IsWebSocketRequest ? ForwardSocketAsync(context, target) : ForwardRequestAsync(context, target));
        }
        catch (Exception gone) when (gone is OperationCanceledException or HttpRequestException or WebSocketException or IOException)
        {
            // One of the two ends has left; so does the other.
            context.Abort();
        }
    }

    private async Task ForwardRequestAsync(HttpContext context, Uri target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target);
        request.Headers.Host = context.Request.Host.Value;
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !OfOneConnection.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress!.ToString());
        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfOneConnection.Contains(header.Key)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        byte[] part = new byte[16 * 1024];
        // What comes bit by bit, such as a log that grows, goes on at once.
        while (await body.ReadAsync(part, context.RequestAborted) is > 0 and int length)
        {
            await context.Response.Body.WriteAsync(part.AsMemory(0, length), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task ForwardSocketAsync(HttpContext context, Uri target)
    {
        using var server = new ClientWebSocket();
        server.Options.Proxy = null;
        server.Options.SetRequestHeader("Host", context.Request.Host.Value);
        foreach (var (name, values) in context.Request.Headers.Where(header => !OfOneConnection.Contains(header.Key)))
        {
            server.Options.SetRequestHeader(name, values.ToString());
        }

        await server.ConnectAsync(new UriBuilder(target) { Scheme = "ws" }.Uri, context.RequestAborted);
        using var browser = await context.WebSockets.AcceptWebSocketAsync();
        await Task.WhenAny(PumpAsync(browser, server, context.RequestAborted), PumpAsync(server, browser, context.RequestAborted));
    }

    private static async Task PumpAsync(WebSocket from, WebSocket to, CancellationToken cancel)
    {
        byte[] part = new byte[16 * 1024];
        while (await from.ReceiveAsync(part.AsMemory(), cancel) is { MessageType: not WebSocketMessageType.Close } got)
        {
            await to.SendAsync(part.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, cancel);
        }

        await to.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancel);
    }
}
