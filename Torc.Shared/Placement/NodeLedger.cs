using Torc.Shared.Jobs;

namespace Torc.Shared.Placement;

/// <summary>Keeps the books of one node: who holds how much of it. The one place where room is given out.</summary>
public sealed class NodeLedger(NodeCapacity capacity)
{
    private readonly Dictionary<AttemptId, ResourceRequirements> _held = [];
    private readonly Dictionary<AttemptId, LinkedListNode<(AttemptId Attempt, ResourceRequirements Needs)>> _places = [];
    private readonly LinkedList<(AttemptId Attempt, ResourceRequirements Needs)> _line = [];

    public NodeCapacity Capacity { get; private set; } = capacity;

    /// <summary>What is left. Below zero when the node came back smaller than what runs on it.</summary>
    public NodeCapacity Free { get; private set; } = capacity;

    /// <summary>All that the node was given, with and without room.</summary>
    public IEnumerable<AttemptId> Held => _held.Keys.Concat(_places.Keys);

    /// <summary>Those that have room.</summary>
    public IReadOnlyDictionary<AttemptId, ResourceRequirements> Placed => _held;

    /// <summary>What was sent ahead and has no room yet, in the order in which it gets some.</summary>
    public IReadOnlyCollection<(AttemptId Attempt, ResourceRequirements Needs)> Line => _line;

    public bool Holds(AttemptId attempt) => _held.ContainsKey(attempt) || _places.ContainsKey(attempt);

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
        if (_places.ContainsKey(attempt) || !_held.TryAdd(attempt, needs))
        {
            throw new InvalidOperationException($"attempt {attempt} is booked already");
        }

        Free = Free.Less(needs);
    }

    /// <summary>Books what is sent ahead: the node starts it when it has room, which it gets here as soon as others give theirs back.</summary>
    /// <exception cref="InvalidOperationException">It is booked already.</exception>
    public void LineUp(AttemptId attempt, ResourceRequirements needs)
    {
        if (Holds(attempt))
        {
            throw new InvalidOperationException($"attempt {attempt} is booked already");
        }

        _places.Add(attempt, _line.AddLast((attempt, needs)));
    }

    /// <summary>The node has started it. It may have seen room where these books did not, and it is the one that knows.</summary>
    public void Started(AttemptId attempt)
    {
        if (_places.TryGetValue(attempt, out var place))
        {
            GiveRoom(place);
        }
    }

    /// <summary>Gives the room of an attempt back, to those in the line that fit; nothing happens if it is not here.</summary>
    public void Release(AttemptId attempt)
    {
        if (_held.Remove(attempt, out var needs))
        {
            Free = Free.Plus(needs);
            ServeLine();
        }
        else if (_places.Remove(attempt, out var place))
        {
            _line.Remove(place);
        }
    }

    /// <summary>The node came back and offers another amount than before.</summary>
    public void Resize(NodeCapacity capacity)
    {
        Capacity = capacity;
        Free = _held.Values.Aggregate(Capacity, (free, needs) => free.Less(needs));
        ServeLine();
    }

    // As the keeper does it: in the order in which they came, each that fits.
    private void ServeLine()
    {
        for (var place = _line.First; place is not null && !Free.IsFull;)
        {
            var following = place.Next;
            if (Free.HasRoomFor(place.Value.Needs))
            {
                GiveRoom(place);
            }

            place = following;
        }
    }

    private void GiveRoom(LinkedListNode<(AttemptId Attempt, ResourceRequirements Needs)> place)
    {
        _places.Remove(place.Value.Attempt);
        _line.Remove(place);
        Adopt(place.Value.Attempt, place.Value.Needs);
    }
}
