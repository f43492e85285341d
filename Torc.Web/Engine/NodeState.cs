using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;

namespace Torc.Web.Engine;

/// <summary>A compute node as the engine knows it.</summary>
internal sealed class NodeState(NodeId id, string agentId, string name, string agentVersion, AgentSession session, NodeCapacity capacity, DateTimeOffset lastHeard)
{
    public NodeId Id { get; } = id;

    public string AgentId { get; } = agentId;

    public string Name { get; set; } = name;

    public string AgentVersion { get; set; } = agentVersion;

    /// <summary>The newest conversation; what comes from an older one changes nothing.</summary>
    public AgentSession Session { get; set; } = session;

    public DateTimeOffset LastHeard { get; set; } = lastHeard;

    /// <summary>The hub's name for the connection; null while there is none.</summary>
    public string? Connection { get; set; }

    /// <summary>The agent was told that there is work and has not asked for it yet: no need to tell it twice.</summary>
    public bool BellRung { get; set; }

    /// <summary>How it holds jobs to their memory; null until it says hello to this server.</summary>
    public MemoryGuard? MemoryGuard { get; set; }

    /// <summary>When it was heard last, by <see cref="EngineState.Uptime"/>: all leases that it holds count from then.</summary>
    public TimeSpan RenewedAt { get; set; }

    /// <summary>When it said what it offers, by <see cref="EngineState.Uptime"/>: the time that it has left counts from then.</summary>
    public TimeSpan OfferedAt { get; set; }

    /// <summary>The newest report of the conversation, and what it was answered.</summary>
    public (int Sequence, ReportAnswer? Answer) LastReport { get; set; }

    /// <summary>What it holds and was not yet told to end.</summary>
    public HashSet<AttemptId> StopsToTell { get; } = [];

    /// <summary>What it was sent ahead, and is to give back if it has not started it.</summary>
    public HashSet<AttemptId> ToTakeBack { get; } = [];

    /// <summary>What its jobs used last, and what the node did; lost with the server's memory, and told again within seconds.</summary>
    public Dictionary<AttemptId, UsagePoint> Uses { get; } = [];

    /// <summary>Null until it is told.</summary>
    public UsagePoint? Use { get; set; }

    public NodeLedger Ledger { get; } = new(capacity);

    public NodeView View() => new(Id, Name, Connection is not null, LastHeard, AgentVersion, Ledger.Capacity, Ledger.Free, MemoryGuard, Ledger.Held.Count());
}
