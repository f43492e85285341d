using Torc.Shared.Jobs;

namespace Torc.Shared.Placement;

/// <summary>
/// Keeps jobs from waiting for ever behind others that need less: when a requirement class has waited in front, and been overtaken, for
/// as long as such a job runs, at most 10 minutes, a node is held for the class, and lets go when one has started.
/// </summary>
/// <remarks>
/// There is no timer. A hold forbids starts, and nothing starts but at an event that made room or brought a job: it is early
/// enough to look then whether somebody has waited too long. Time alone never allows what was forbidden, as the moment for
/// which a node is held does not move away: whatever a hold lets through, it would have let through before.
/// </remarks>
public sealed class NodeHolds
{
    private readonly Dictionary<NodeId, ResourceRequirements> _held = [];

    /// <summary>Lets go of nodes that are gone or have served their purpose, and holds others for those that have waited too long.</summary>
    /// <param name="rooms">The connected nodes.</param>
    public void Refresh(ReadyQueue ready, IEnumerable<NodeRoom> rooms, TimeSpan now)
    {
        ready.FindFront(needs => rooms.Any(room => room.Capacity.Fits(needs)), now);
        List<StarvedClass> starved = [.. ready.Starved(now)];
        if (starved.Count == 0)
        {
            _held.Clear();
            return;
        }

        var nodes = rooms.ToDictionary(room => room.Id);
        foreach (var (node, needs) in _held.ToList())
        {
            if (ready.StarvedOf(needs, now) is not { } waiting || !nodes.TryGetValue(node, out var room) || NodeHold.For(waiting, room, now) is null)
            {
                _held.Remove(node);
            }
        }

        // Where every node were held, most would stand half empty.
        int most = (nodes.Count + 1) / 2;
        foreach (var waiting in starved.Where(waiting => !_held.ContainsValue(waiting.Head.Needs)))
        {
            if (_held.Count < most && Soonest(waiting, nodes.Values.Where(room => !_held.ContainsKey(room.Id)), now) is { } node)
            {
                _held.Add(node, waiting.Head.Needs);
            }
        }
    }

    /// <summary>What a node is held for; null if it is not.</summary>
    public NodeHold? On(NodeRoom room, ReadyQueue ready, TimeSpan now) =>
        _held.TryGetValue(room.Id, out var needs) && ready.StarvedOf(needs, now) is { } waiting ? NodeHold.For(waiting, room, now) : null;

    private static NodeId? Soonest(StarvedClass waiting, IEnumerable<NodeRoom> rooms, TimeSpan now) => rooms
        .Select(room => (room.Id, Hold: NodeHold.For(waiting, room, now)))
        .Where(choice => choice.Hold is not null)
        .OrderBy(choice => choice.Hold!.StartsAt)
        .ThenBy(choice => choice.Id.Value)
        .Select(choice => (NodeId?)choice.Id)
        .FirstOrDefault();
}
