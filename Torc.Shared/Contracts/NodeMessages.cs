using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Shared.Contracts;

/// <summary>A compute node as pages and programs see it.</summary>
/// <param name="IsConnected">Whether its agent is connected now. What runs there goes on if it is not.</param>
/// <param name="LastHeardAt">When its agent last said something.</param>
/// <param name="Free">What of the capacity no job holds.</param>
/// <param name="MemoryGuard">How it holds jobs to their memory; null if it was not heard since the server started.</param>
/// <param name="Jobs">How many jobs it holds, as far as the server knows.</param>
public sealed record NodeView(
    NodeId Id,
    string Name,
    bool IsConnected,
    DateTimeOffset LastHeardAt,
    string AgentVersion,
    NodeCapacity Capacity,
    NodeCapacity Free,
    MemoryGuard? MemoryGuard,
    int Jobs);
