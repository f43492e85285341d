using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;

namespace Torc.Web.Engine;

/// <summary>The server's end of the conversation with each agent.</summary>
internal sealed class AgentHub(AgentDesk desk, AgentConnections connections, LogsDue logs) : Hub<IAgentClient>, IAgentHub
{
    private static readonly object NodeKey = new();

    public async Task<AgentWelcome> Hello(AgentHello hello)
    {
        var welcome = await desk.HelloAsync(hello, Context.ConnectionId) ?? throw Superseded();
        Context.Items[NodeKey] = welcome.Node;
        connections.Add(welcome.Node, Context.ConnectionId, hello.AgentId);
        if (Context.ConnectionAborted.IsCancellationRequested)
        {
            // It was over before we knew whose it is, so nobody took it out.
            await ForgetAsync(welcome.Node);
        }

        logs.Connected(welcome.Node);
        return welcome;
    }

    public async Task<ReportAnswer> Report(AgentReport report)
    {
        var answer = await desk.ReportAsync(Node, report, Context.ConnectionId, Context.ConnectionAborted) ?? throw Superseded();
        logs.Ended(Node, report.Attempts);
        return answer;
    }

    public Task Sample(IReadOnlyList<AttemptSample> samples) => desk.SampledAsync(Node, samples, Context.ConnectionAborted);

    public Task SampleNode(IReadOnlyList<UsagePoint> points) => desk.SampledAsync(Node, points, Context.ConnectionAborted);

    public Task Digest(IReadOnlyList<FileDigest> digests) => desk.DigestedAsync(digests, Context.ConnectionAborted);

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(NodeKey, out object? value) && value is NodeId node)
        {
            await ForgetAsync(node);
        }

        await base.OnDisconnectedAsync(exception);
    }

    private async Task ForgetAsync(NodeId node)
    {
        connections.Remove(node, Context.ConnectionId);
        await desk.DisconnectedAsync(node, Context.ConnectionId);
    }

    private NodeId Node => Context.Items.TryGetValue(NodeKey, out object? node) ? (NodeId)node! : throw new HubException("say Hello first");

    private static HubException Superseded() => new("a newer conversation of this agent is open");
}
