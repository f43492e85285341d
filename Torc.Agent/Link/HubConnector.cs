using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Contracts;
using Torc.Shared.Metrics;
using Torc.Shared.Reruns;

namespace Torc.Agent.Link;

/// <summary>Connects to the hub by SignalR. Where it is and what it asks for are read anew each time: a server may come back elsewhere.</summary>
/// <param name="patience">
/// How long connecting may take. The hub's own patience begins when the line is open, and a line through a forgetful firewall, or to a
/// machine that hangs, opens and then says nothing for ever.
/// </param>
internal sealed class HubConnector(ServerLocation location, TimeSpan patience) : IHubConnector
{
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    public async Task<IHubLink> OpenAsync(IAgentClient client, CancellationToken cancel)
    {
        var (url, token) = await location.FindAsync(cancel);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(url, HubPaths.Agents), HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult(token);
            })
            // A copy with the generated context inside: names and converters go with it, and nothing is looked up at run time.
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new JsonSerializerOptions(TorcJson.Default.Options))
            .Build();
        var link = new HubLink(connection, url.ToString().TrimEnd('/'));
        try
        {
            connection.On(nameof(IAgentClient.WorkAvailable), client.WorkAvailable);
            connection.On<LogRequest, LogChunk>(nameof(IAgentClient.ReadLog), client.ReadLog);
            connection.On<LogRequests, LogChunks>(nameof(IAgentClient.ReadLogs), client.ReadLogs);
            connection.On<LogLinesRequest, LogChunk>(nameof(IAgentClient.ReadLogLines), client.ReadLogLines);
            connection.On<LogSearchRequest, LogSearchAnswer>(nameof(IAgentClient.SearchLog), client.SearchLog);
            connection.On<FileInspection, IReadOnlyList<FileFact>>(nameof(IAgentClient.InspectFiles), client.InspectFiles);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(patience);
            await connection.StartAsync(limit.Token);
            return link;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await link.DisposeAsync();
            throw new TimeoutException($"{link.ApiUrl} did not answer within {patience.TotalSeconds} s");
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    private sealed class HubLink : IHubLink
    {
        private readonly HubConnection _connection;
        private readonly CancellationTokenSource _lost = new();

        public HubLink(HubConnection connection, string apiUrl)
        {
            _connection = connection;
            ApiUrl = apiUrl;
            connection.Closed += _ => _lost.CancelAsync();
        }

        public string ApiUrl { get; }

        public CancellationToken Lost => _lost.Token;

        public Task<AgentWelcome> HelloAsync(AgentHello hello, CancellationToken cancel) =>
            _connection.InvokeAsync<AgentWelcome>(nameof(IAgentHub.Hello), hello, cancel);

        public Task<ReportAnswer> ReportAsync(AgentReport report, CancellationToken cancel) =>
            _connection.InvokeAsync<ReportAnswer>(nameof(IAgentHub.Report), report, cancel);

        // An array, since the protocol writes an argument by its own type and the generated context has to know that one.
        public Task SampleAsync(IReadOnlyList<AttemptSample> samples, CancellationToken cancel) =>
            _connection.SendAsync(nameof(IAgentHub.Sample), samples.ToArray(), cancel);

        public Task SampleNodeAsync(IReadOnlyList<UsagePoint> points, CancellationToken cancel) =>
            _connection.SendAsync(nameof(IAgentHub.SampleNode), points.ToArray(), cancel);

        public Task DigestAsync(IReadOnlyList<FileDigest> digests, CancellationToken cancel) =>
            _connection.SendAsync(nameof(IAgentHub.Digest), digests.ToArray(), cancel);

        public async ValueTask DisposeAsync()
        {
            await _connection.DisposeAsync();
            _lost.Dispose();
        }
    }
}
