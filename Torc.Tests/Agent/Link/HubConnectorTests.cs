using System.Net;
using System.Net.Sockets;
using Torc.Agent.Link;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Link;

public sealed class HubConnectorTests
{
    [Fact]
    public async Task A_line_that_opens_and_then_says_nothing_is_given_up()
    {
        using var folder = new TemporaryFolder();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        var connector = new HubConnector(new ServerLocation(url, token: "secret", new DataFolder(folder.Path)), TimeSpan.FromMilliseconds(100));

        var opening = connector.OpenAsync(new Deaf(), TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => opening.WaitAsync(Waiting.Patience, TestContext.Current.CancellationToken));
        Assert.Contains("did not answer within 0.1 s", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Deaf : IAgentClient
    {
        public Task WorkAvailable() => Task.CompletedTask;

        public Task<LogChunk> ReadLog(LogRequest request) => throw new NotSupportedException();

        public Task<LogChunks> ReadLogs(LogRequests requests) => throw new NotSupportedException();

        public Task<LogChunk> ReadLogLines(LogLinesRequest request) => throw new NotSupportedException();

        public Task<LogSearchAnswer> SearchLog(LogSearchRequest request) => throw new NotSupportedException();

        public Task<IReadOnlyList<FileFact>> InspectFiles(FileInspection inspection) => throw new NotSupportedException();
    }
}
