using System.Collections.Concurrent;
using System.Threading.Channels;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>Which connection reaches which node now, for questions that the engine need not hear, such as for a log.</summary>
internal sealed class AgentConnections
{
    private readonly ConcurrentDictionary<NodeId, (string Connection, string AgentId)> _connections = new();
    private readonly Channel<NodeId> _lost = Channel.CreateBounded<NodeId>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Nodes that have just lost their connection; for one reader, who hears of the newest.</summary>
    public ChannelReader<NodeId> Lost => _lost.Reader;

    /// <returns>The hub's name for the connection; null if the node has none.</returns>
    public string? Of(NodeId node) => _connections.TryGetValue(node, out var known) ? known.Connection : null;

    /// <returns>The connection of a node; of any other if it has none, or if none is named; null if there is no connection at all.</returns>
    public string? Nearest(NodeId? node) => (node is { } named ? Of(named) : null) ?? _connections.Values.Select(known => known.Connection).FirstOrDefault();

    /// <param name="agentId">What the agent calls itself.</param>
    public bool IsConnected(string agentId) => _connections.Values.Any(known => string.Equals(known.AgentId, agentId, StringComparison.Ordinal));

    public void Add(NodeId node, string connection, string agentId) => _connections[node] = (connection, agentId);

    /// <summary>Forgets a connection, unless a newer one has taken its place.</summary>
    public void Remove(NodeId node, string connection)
    {
        if (_connections.TryGetValue(node, out var known) && known.Connection == connection && _connections.TryRemove(KeyValuePair.Create(node, known)))
        {
            _lost.Writer.TryWrite(node);
        }
    }
}
