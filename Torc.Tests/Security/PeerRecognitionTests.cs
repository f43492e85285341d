using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Torc.Tests.Support;
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
    public async Task A_connection_that_ended_during_the_lookup_is_a_strangers_whoever_has_its_port_now()
    {
        var lookup = new LateLookup();
        await using var server = await SecuredServer.StartAsync(builder => builder.Services.AddSingleton<IPeerLookup>(lookup));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), TestContext.Current.CancellationToken);
        string request = $"POST /api/v1/counter/1 HTTP/1.1\r\nHost: localhost:{server.Port}\r\nContent-Length: 0\r\n\r\n";

        await socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        await lookup.Asked.Task.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken);
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        lookup.Answer.SetResult(geteuid());
        await RawHttp.AskAsync(server.Port, "GET /healthz HTTP/1.1", [$"Host: localhost:{server.Port}", "Connection: close"]);
        await server.StopAsync();

        Assert.Equal(0, server.Changes);
    }

    [System.Runtime.InteropServices.DllImport("libc", ExactSpelling = true)]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    /// <summary>Answers the first question when the test says so, and calls everybody else a stranger.</summary>
    private sealed class LateLookup : IPeerLookup
    {
        private int _asked;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<uint?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<uint?> FindUidAsync(IPEndPoint client, IPEndPoint server, CancellationToken cancel)
        {
            if (Interlocked.Increment(ref _asked) > 1)
            {
                return null;
            }

            Asked.SetResult();
            return await Answer.Task.WaitAsync(Waiting.Patience, CancellationToken.None);
        }
    }
}
