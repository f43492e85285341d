namespace Torc.Agent.Files;

/// <summary>Remembers what it was told last.</summary>
internal sealed class RecentSet<T>(int atMost)
{
    private readonly HashSet<T> _members = [];
    private readonly Queue<T> _order = new();

    /// <summary>Forgets the oldest when there are too many.</summary>
    /// <returns>False if it is known.</returns>
    public bool Add(T member)
    {
        if (!_members.Add(member))
        {
            return false;
        }

        _order.Enqueue(member);
        if (_order.Count > atMost)
        {
            _members.Remove(_order.Dequeue());
        }

        return true;
    }
}
