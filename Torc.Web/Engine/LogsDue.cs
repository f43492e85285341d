using System.Threading.Channels;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>
/// Nodes that have logs which the server does not keep yet, each as soon as that is stored; for one reader. What is dropped here is
/// known to the database, and found when the node connects again.
/// </summary>
internal sealed class LogsDue
{
    private readonly Channel<NodeId> _nodes = Channel.CreateBounded<NodeId>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<NodeId> Nodes => _nodes.Reader;

    public void Connected(NodeId node) => _nodes.Writer.TryWrite(node);

    public void Ended(NodeId node, IReadOnlyList<AttemptReport> reports)
    {
        // Jobs that write nothing cost nothing.
        if (reports.Any(report => report is AttemptEnded { Logs.IsEmpty: false }))
        {
            _nodes.Writer.TryWrite(node);
        }
    }
}
