using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Torc.Web.Security;

/// <summary>Makes Kestrel serve a <see cref="LoopbackListener"/> and nothing else.</summary>
internal static class LoopbackHosting
{
    /// <summary>
    /// Settings that would move the server, such as <c>ASPNETCORE_URLS</c>, <c>--urls</c>, <c>HTTP_PORTS</c> or
    /// <c>Kestrel:Endpoints</c>, are passed over and not refused, because container images set some of them for everybody. What gets past
    /// this all the same is refused by <see cref="LoopbackListener.HandOver"/>.
    /// </summary>
    public static WebApplicationBuilder ListenOnLoopback(this WebApplicationBuilder builder, LoopbackListener listener)
    {
        builder.Configuration.AddInMemoryCollection(
        [
            new(WebHostDefaults.ServerUrlsKey, ""),
            new(WebHostDefaults.HttpPortsKey, ""),
            new(WebHostDefaults.HttpsPortsKey, ""),
            new(WebHostDefaults.PreferHostingUrlsKey, "false"),
        ]);
        // A factory, so that the container closes the sockets of a server that never started.
        builder.Services.AddSingleton(_ => listener);
        builder.Services.AddSingleton<PeerConnections>();
        builder.Services.TryAddSingleton<IPeerLookup, ProcPeerLookup>();
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = listener.HandOver);
        builder.Services.AddOptions<KestrelServerOptions>().PostConfigure<PeerConnections>((kestrel, peers) =>
        {
            kestrel.ConfigurationLoader = null;
            kestrel.AddServerHeader = false;
            foreach (var address in listener.Addresses)
            {
                kestrel.Listen(address, listen =>
                {
                    // HTTP/2 in clear text is not needed, and is one parser more to trust.
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(peers.Recognise);
                });
            }
        });
        return builder;
    }
}
