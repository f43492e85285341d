using Torc.Shared.Contracts;

namespace Torc.Web.Nodes;

/// <summary>What pages and programs may ask about compute nodes.</summary>
public interface INodeQueries
{
    /// <summary>Lists every node that ever connected.</summary>
    Task<IReadOnlyList<NodeView>> ListAsync(CancellationToken cancel);

    /// <summary>Says what nodes and running jobs use now.</summary>
    Task<UsageView> UsageAsync(CancellationToken cancel);
}
