using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

public sealed class LoopbackListenerTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("*")]
    [InlineData("+")]
    [InlineData("192.0.2.2")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("login1")]
    [InlineData("LOCALHOST ")]
    [InlineData("unix:/tmp/torc.sock")]
    public void Another_address_is_refused_with_a_way_out(string host)
    {
        var refused = Assert.Throws<StartRefusedException>(() => ServerAddressOptions.Read(host, null));

        Assert.Contains("ssh -L", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("http")]
    [InlineData("80 ")]
    public void A_port_that_is_none_is_refused(string port) => Assert.Throws<StartRefusedException>(() => ServerAddressOptions.Read(null, port));

    [Fact]
    public void Both_loopback_addresses_have_the_same_port()
    {
        using var listener = LoopbackListener.Open(new ServerAddressOptions { Port = 0 });

        Assert.All(listener.Addresses, address => Assert.True(IPAddress.IsLoopback(address.Address)));
        Assert.All(listener.Addresses, address => Assert.Equal(listener.Port, address.Port));
        Assert.Equal(Socket.OSSupportsIPv6 ? 2 : 1, listener.Addresses.Count);
    }

    [Fact]
    public void Without_a_wish_the_next_free_port_is_taken()
    {
        using var first = LoopbackListener.Open(ServerAddressOptions.Read(null, null));
        using var second = LoopbackListener.Open(ServerAddressOptions.Read("localhost", ""));

        Assert.True(second.Port > first.Port && first.Port >= 8080, $"{first.Port} {second.Port}");
    }

    [Fact]
    public void A_port_that_was_asked_for_is_taken_or_refused()
    {
        using var first = LoopbackListener.Open(new ServerAddressOptions { Port = 0 });

        var refused = Assert.Throws<StartRefusedException>(() => LoopbackListener.Open(new ServerAddressOptions { Port = first.Port }));

        Assert.Contains($"{first.Port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_somebody_has_on_ipv6_only_is_not_ours()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var squatter = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        squatter.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        squatter.Listen();

        Assert.Throws<StartRefusedException>(() => LoopbackListener.Open(new ServerAddressOptions { Port = ((IPEndPoint)squatter.LocalEndPoint!).Port }));
    }

    [Fact]
    public void A_socket_is_handed_over_once_and_for_its_own_address_only()
    {
        using var listener = LoopbackListener.Open(new ServerAddressOptions { Port = 0 });

        Assert.NotNull(listener.HandOver(new IPEndPoint(IPAddress.Loopback, listener.Port)));
        Assert.Throws<StartRefusedException>(() => listener.HandOver(new IPEndPoint(IPAddress.Loopback, listener.Port)));
        Assert.Throws<StartRefusedException>(() => listener.HandOver(new IPEndPoint(IPAddress.Any, listener.Port)));
        Assert.Throws<StartRefusedException>(() => listener.HandOver(new UnixDomainSocketEndPoint("/tmp/never")));
    }

    [Fact]
    public async Task Settings_that_would_listen_wider_are_passed_over()
    {
        IServer? running = null;
        await using var server = await SecuredServer.StartAsync(
            builder =>
            {
                builder.Configuration["urls"] = "http://0.0.0.0:0";
                builder.Configuration["http_ports"] = "0";
                builder.Configuration["Kestrel:Endpoints:wide:Url"] = "http://0.0.0.0:0";
            },
            app => running = app.Services.GetRequiredService<IServer>());

        var addresses = running!.Features.Get<IServerAddressesFeature>()!.Addresses;

        Assert.All(addresses, address => Assert.True(new Uri(address).IsLoopback, address));
    }

    [Theory]
    [InlineData("a url that hosting prefers")]
    [InlineData("any address")]
    [InlineData("a unix socket")]
    public async Task Code_that_would_listen_elsewhere_ends_the_start(string how)
    {
        await Assert.ThrowsAsync<StartRefusedException>(() => SecuredServer.StartAsync(
            builder => builder.Services.PostConfigure<KestrelServerOptions>(kestrel =>
            {
                if (how is "any address")
                {
                    kestrel.ListenAnyIP(0);
                }
                else if (how is "a unix socket")
                {
                    kestrel.ListenUnixSocket(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
                }
            }),
            app =>
            {
                if (how is "a url that hosting prefers")
                {
                    app.Urls.Add("http://0.0.0.0:0");
                    app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.PreferHostingUrls = true;
                }
            }));
    }
}
