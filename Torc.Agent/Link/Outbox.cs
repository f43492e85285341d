using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Link;

/// <summary>
/// What the agent holds and has still to tell, in the order in which it happened. A report stays until the server has it. Made
/// anew for every connection to the keeper, which knows all of it. Safe to use from any thread.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock _gate = new();
    private readonly HashSet<AttemptId> _held;
    private readonly List<AttemptReport> _pending;
    private TaskCompletionSource _ring = NewRing();

    public Outbox(KeeperState state)
    {
        _held = [.. state.Held];
        _pending = [.. state.Reports];
    }

    public IReadOnlyList<AttemptId> Held
    {
        get
        {
            lock (_gate)
            {
                return [.. _held];
            }
        }
    }

    /// <summary>Completes when something was added or somebody rang since <see cref="Take"/>.</summary>
    public Task SomethingToDo
    {
        get
        {
            lock (_gate)
            {
                return _ring.Task;
            }
        }
    }

    public void Add(IEnumerable<AttemptReport> reports)
    {
        lock (_gate)
        {
            // The end of an attempt that was dropped meanwhile is of no interest to anybody.
            _pending.AddRange(reports.Where(report => _held.Contains(report.Attempt)));
        }

        Ring();
    }

    public void Hold(IEnumerable<AttemptId> attempts)
    {
        lock (_gate)
        {
            _held.UnionWith(attempts);
        }
    }

    public void Drop(IReadOnlyCollection<AttemptId> attempts)
    {
        lock (_gate)
        {
            _held.ExceptWith(attempts);
            _pending.RemoveAll(report => attempts.Contains(report.Attempt));
        }
    }

    /// <summary>Asks for a report, with nothing in it if there is nothing to tell.</summary>
    public void Ring()
    {
        lock (_gate)
        {
            _ring.TrySetResult();
        }
    }

    /// <summary>The oldest reports, which stay here until they are acknowledged.</summary>
    public IReadOnlyList<AttemptReport> Take(int atMost)
    {
        lock (_gate)
        {
            if (_pending.Count <= atMost && _ring.Task.IsCompleted)
            {
                _ring = NewRing();
            }

            return [.. _pending.Take(atMost)];
        }
    }

    /// <returns>The attempts whose ends the server has now.</returns>
    public IReadOnlyList<AttemptId> Acknowledge(IReadOnlyList<AttemptReport> reports)
    {
        lock (_gate)
        {
            // The oldest are still in front: only Take's caller removes some.
            _pending.RemoveRange(0, reports.Count);
            AttemptId[] ended = [.. reports.OfType<AttemptEnded>().Select(report => report.Attempt)];
            _held.ExceptWith(ended);
            return ended;
        }
    }

    private static TaskCompletionSource NewRing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
