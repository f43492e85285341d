using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>The server's end of the conversation with each agent.</summary>
internal sealed class AgentHub(WorkflowEngine engine, WorkflowStore store, AgentConnections connections) : Hub<IAgentClient>, IAgentHub
{
    private static readonly object NodeKey = new();

    public async Task<AgentWelcome> Hello(AgentHello hello)
    {
        string connection = Context.ConnectionId;
        // Heard to the end even if the line breaks meanwhile, or nobody would take the connection out again.
        var answer = await engine.ChangeAsync((state, commit, now) => state.Hello(hello, connection, now, commit), CancellationToken.None)
            ?? throw Superseded();
        Context.Items[NodeKey] = answer.Node;
        connections.Add(answer.Node, connection);

        // An attempt whose end is stored only waits for the word that it arrived; one that the store does not know
        // belongs to another database, and nobody will ever ask for it.
        var ended = await store.EndedAsync(answer.Unknown, Context.ConnectionAborted);
        return new AgentWelcome(answer.Node, [.. answer.Drop, .. answer.Unknown.Where(attempt => !ended.Contains(attempt))]);
    }

    public async Task<ReportAnswer> Report(AgentReport report)
    {
        var node = Node;
        string connection = Context.ConnectionId;
        return await engine.ChangeAsync((state, commit, now) => state.Report(node, connection, report, now, commit), Context.ConnectionAborted)
            ?? throw Superseded();
    }

    public async Task Sample(IReadOnlyList<AttemptSample> samples)
    {
        var node = Node;
        await engine.ChangeAsync(
            (state, commit, _) =>
            {
                state.Sampled(node, samples, commit);
                return true;
            },
            Context.ConnectionAborted);
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(NodeKey, out object? value) && value is NodeId node)
        {
            string connection = Context.ConnectionId;
            connections.Remove(node, connection);
            await engine.ChangeAsync(
                (state, _, _) =>
                {
                    state.Disconnected(node, connection);
                    return true;
                },
                CancellationToken.None);
        }

        await base.OnDisconnectedAsync(exception);
    }

    private NodeId Node => Context.Items.TryGetValue(NodeKey, out object? node) ? (NodeId)node! : throw new HubException("say Hello first");

    private static HubException Superseded() => new("a newer conversation of this agent is open");
}
