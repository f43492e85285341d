using System.Threading.Channels;
using Torc.Agent.Files;
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
    private readonly HashSet<AttemptId> _leased;
    private readonly List<AttemptReport> _pending;
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public Outbox(KeeperState state)
    {
        _held = [.. state.Held];
        _leased = [.. state.Leased];
        _pending = [.. state.Reports.SelectMany(FileRecords.InParts)];
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

    /// <summary>The held attempts that may run only for so long without word from the server.</summary>
    public IReadOnlyList<AttemptId> Leased
    {
        get
        {
            lock (_gate)
            {
                return [.. _leased];
            }
        }
    }

    /// <summary>The attempts whose end is still to be told.</summary>
    public IReadOnlyList<AttemptId> Ended
    {
        get
        {
            lock (_gate)
            {
                return [.. _pending.OfType<AttemptEnded>().Select(report => report.Attempt)];
            }
        }
    }

    /// <summary>Returns when something was added or somebody rang since <see cref="Take"/>.</summary>
    public async Task SomethingToDoAsync(CancellationToken cancel) => await _bell.Reader.WaitToReadAsync(cancel);

    public void Add(IEnumerable<AttemptReport> reports)
    {
        lock (_gate)
        {
            // The end of an attempt that was dropped meanwhile is of no interest to anybody.
            _pending.AddRange(reports.Where(report => _held.Contains(report.Attempt)).SelectMany(FileRecords.InParts));
        }

        Ring();
    }

    public void Hold(IReadOnlyList<Assignment> assignments)
    {
        lock (_gate)
        {
            _held.UnionWith(assignments.Select(assignment => assignment.Attempt));
            _leased.UnionWith(assignments.Where(assignment => assignment.Lease is not null).Select(assignment => assignment.Attempt));
        }
    }

    public void Drop(IReadOnlyCollection<AttemptId> attempts)
    {
        lock (_gate)
        {
            _held.ExceptWith(attempts);
            _leased.ExceptWith(attempts);
            _pending.RemoveAll(report => attempts.Contains(report.Attempt));
        }
    }

    /// <summary>Asks for a report, with nothing in it if there is nothing to tell.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>The oldest reports, which stay here until they are acknowledged.</summary>
    /// <param name="atMost">Fewer if the message would become too large with their files; at least one.</param>
    public IReadOnlyList<AttemptReport> Take(int atMost)
    {
        lock (_gate)
        {
            int count = 0;
            for (long size = 0; count < _pending.Count && count < atMost; count++)
            {
                size += FileRecords.Size(_pending[count]);
                if (size > FileRecords.MostBytesOfMessage && count > 0)
                {
                    break;
                }
            }

            if (count == _pending.Count)
            {
                _bell.Reader.TryRead(out _);
            }
            else
            {
                // Nobody rang for what was there from the beginning.
                Ring();
            }

            return [.. _pending.Take(count)];
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
            AttemptId[] over = [.. ended, .. reports.OfType<AttemptReturned>().Select(report => report.Attempt)];
            _held.ExceptWith(over);
            _leased.ExceptWith(over);
            return ended;
        }
    }
}
