using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

public sealed class PeerRecognitionTests
{
    [Fact]
    public async Task Another_user_of_this_machine_gets_401_on_every_endpoint()
    {
        Stranger.SkipUnlessPossible();
        await using var server = await SecuredServer.StartAsync();

        Assert.Empty(await server.Probe.StrangerAsync());
        Assert.Equal(0, server.Changes);
    }

    [Fact]
    public async Task Another_user_who_hangs_up_early_is_not_taken_for_the_owner()
    {
        Stranger.SkipUnlessPossible();
        await using var server = await SecuredServer.StartAsync();

        await Stranger.HangUpAsync(server.Port, Enumerable.Repeat(new ProbedRoute("POST", "/api/v1/counter/1"), 300));
        var owner = await RawHttp.AskAsync(server.Port, "GET /api/v1/sample HTTP/1.1", [$"Host: localhost:{server.Port}", "Connection: close"]);

        Assert.Equal(200, owner.Status);
        Assert.Equal(0, server.Changes);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task The_owner_is_known_over_every_kind_of_socket(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var server = await SecuredServer.StartAsync();

        var answer = await RawHttp.SendAsync(
            new IPEndPoint(IPAddress.Parse(address), server.Port), $"GET /api/v1/sample HTTP/1.1\r\nHost: localhost:{server.Port}\r\nConnection: close\r\n\r\n");

        Assert.Equal((200, "sample"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_peer_that_cannot_be_told_is_a_stranger()
    {
        await using var server = await SecuredServer.StartAsync(builder => builder.Services.AddSingleton<IPeerLookup>(new FixedPeer(null)));

        var answer = await RawHttp.AskAsync(server.Port, "GET /api/v1/sample HTTP/1.1", [$"Host: localhost:{server.Port}", "Connection: close"]);

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task A_connection_that_ended_before_the_answer_came_is_a_strangers_whoever_has_its_port_now()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await client.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        var peers = new PeerConnections(new FixedPeer(geteuid()), NullLogger<PeerConnections>.Instance);

        bool living = await IsOwnerAsync(peers, accepted);
        client.LingerState = new LingerOption(true, 0);
        client.Close();
        bool ended = await IsOwnerAsync(peers, accepted);

        Assert.True(living);
        Assert.False(ended);
    }

    [System.Runtime.InteropServices.DllImport("libc", ExactSpelling = true)]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    private static async Task<bool> IsOwnerAsync(PeerConnections peers, Socket accepted)
    {
        var connection = new DefaultConnectionContext { LocalEndPoint = accepted.LocalEndPoint, RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 1) };
        connection.Features.Set<IConnectionSocketFeature>(new Accepted(accepted));
        await peers.Recognise(_ => Task.CompletedTask)(connection);
        return connection.Features.Get<PeerUid>() is { IsOwner: true };
    }

    private sealed class Accepted(Socket socket) : IConnectionSocketFeature
    {
        public Socket Socket => socket;
    }
}
