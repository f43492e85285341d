namespace Torc.Web.Engine;

/// <summary>What the engine needs from the store to go on where it stopped.</summary>
/// <param name="Workflows">Those that have not ended.</param>
/// <param name="Requests">Those that are known again by their keys.</param>
/// <param name="LastWorkflow">The greatest id that was ever given out, as are the next two.</param>
internal sealed record StoredState(IReadOnlyList<ActiveWorkflow> Workflows, IReadOnlyList<NodeState> Nodes, long LastWorkflow, long LastJob, long LastNode, IReadOnlyList<KeptRequest> Requests);
