using System.Collections.Concurrent;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>Which connection reaches which node now, for questions that the engine need not hear, such as for a log.</summary>
internal sealed class AgentConnections
{
    private readonly ConcurrentDictionary<NodeId, string> _connections = new();

    /// <returns>The hub's name for the connection; null if the node has none.</returns>
    public string? Of(NodeId node) => _connections.GetValueOrDefault(node);

    public void Add(NodeId node, string connection) => _connections[node] = connection;

    /// <summary>Forgets a connection, unless a newer one has taken its place.</summary>
    public void Remove(NodeId node, string connection) => _connections.TryRemove(new KeyValuePair<NodeId, string>(node, connection));
}
