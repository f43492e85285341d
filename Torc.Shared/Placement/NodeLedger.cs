using Torc.Shared.Jobs;

namespace Torc.Shared.Placement;

/// <summary>Keeps the books of one node: who holds how much of it. The one place where room is given out.</summary>
public sealed class NodeLedger(NodeCapacity capacity)
{
    private readonly Dictionary<AttemptId, ResourceRequirements> _held = [];

    public NodeCapacity Capacity { get; private set; } = capacity;

    /// <summary>What is left. Below zero when the node came back smaller than what runs on it.</summary>
    public NodeCapacity Free { get; private set; } = capacity;

    public IReadOnlyCollection<AttemptId> Held => _held.Keys;

    public bool Holds(AttemptId attempt) => _held.ContainsKey(attempt);

    /// <exception cref="InvalidOperationException">It does not fit, or is held already: whoever asks has miscounted.</exception>
    public void Take(AttemptId attempt, ResourceRequirements needs)
    {
        if (!Free.Fits(needs))
        {
            throw new InvalidOperationException($"attempt {attempt} does not fit: it needs {needs} and the node has {Free}");
        }

        Adopt(attempt, needs);
    }

    /// <summary>Books what already runs there, whether or not it fits.</summary>
    /// <exception cref="InvalidOperationException">It is booked already.</exception>
    public void Adopt(AttemptId attempt, ResourceRequirements needs)
    {
        if (!_held.TryAdd(attempt, needs))
        {
            throw new InvalidOperationException($"attempt {attempt} is booked already");
        }

        Free = Free.Less(needs);
    }

    /// <summary>Gives the room of an attempt back; nothing happens if it holds none.</summary>
    public void Release(AttemptId attempt)
    {
        if (_held.Remove(attempt))
        {
            Recount();
        }
    }

    /// <summary>The node came back and offers another amount than before.</summary>
    public void Resize(NodeCapacity capacity)
    {
        Capacity = capacity;
        Recount();
    }

    private void Recount() => Free = _held.Values.Aggregate(Capacity, (free, needs) => free.Less(needs));
}
