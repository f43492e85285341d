namespace Torc.Web.Nodes;

/// <summary>The nodes in a few lines: what is used of each.</summary>
public sealed partial class NodeStrip(INodeQueries queries, TimeProvider time) : FollowingNodes(queries, time)
{
    private const int MostShown = 6;
}
