namespace Torc.Web.Nodes;

/// <summary>All compute nodes with what is used of them.</summary>
public sealed partial class NodeList(INodeQueries queries, TimeProvider time) : FollowingNodes(queries, time);
