using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Xunit;

namespace Torc.Tests.Placement;

/// <summary>
/// The course of jobs on nodes, as placement decides it: simulated from event to event. Every moment is checked to be within what nodes
/// have, and every decision to leave nothing idle without a reason.
/// </summary>
internal sealed class Course
{
    private readonly List<SimulatedNode> _nodes;
    private readonly PriorityQueue<CourseJob, (TimeSpan At, long Id)> _arrivals = new();
    private readonly PriorityQueue<(SimulatedNode Node, CourseJob Job), (TimeSpan At, long Id)> _ends = new();
    private readonly Dictionary<JobId, CourseJob> _waiting = [];
    private readonly Dictionary<JobId, TimeSpan> _startedAt = [];
    private readonly bool _holdsNodes;
    private TimeSpan _now;

    /// <param name="holdsNodes">Whether nodes are held for those that wait too long.</param>
    public Course(IEnumerable<NodeCapacity> nodes, IEnumerable<CourseJob> jobs, bool holdsNodes = true)
    {
        _nodes = [.. nodes.Select((capacity, index) => new SimulatedNode(new NodeId(index + 1), capacity))];
        _holdsNodes = holdsNodes;
        foreach (var job in jobs)
        {
            _arrivals.Enqueue(job, (job.Job.ReadySince, job.Job.Id.Value));
        }
    }

    public ReadyQueue Ready { get; } = new();

    public NodeHolds Holds { get; } = new();

    public TimeSpan EndsAt { get; private set; }

    /// <summary>When each job started; those that did not are not in it.</summary>
    public IReadOnlyDictionary<JobId, TimeSpan> StartedAt => _startedAt;

    /// <summary>Runs until nothing can happen any more, or until a moment.</summary>
    public Course Run(TimeSpan? until = null)
    {
        while (Next() is { } next && next <= (until ?? TimeSpan.MaxValue))
        {
            _now = next;
            while (_ends.TryPeek(out var end, out var at) && at.At == _now)
            {
                _ends.Dequeue();
                end.Node.End(end.Job);
                EndsAt = _now;
            }

            while (_arrivals.TryPeek(out var arrived, out var at) && at.At == _now)
            {
                _arrivals.Dequeue();
                _waiting.Add(arrived.Job.Id, arrived);
                Ready.Add(arrived.Job);
            }

            while (_nodes.Exists(Place))
            {
                // What starts on one node may end the hold on another one.
            }

            _nodes.ForEach(CheckThatNothingWaitsForNoReason);
        }

        return this;
    }

    private TimeSpan? Next()
    {
        TimeSpan? arrival = _arrivals.TryPeek(out _, out var arrives) ? arrives.At : null;
        TimeSpan? end = _ends.TryPeek(out _, out var ends) ? ends.At : null;
        return arrival is { } one && end is { } other ? (one < other ? one : other) : arrival ?? end;
    }

    /// <returns>Whether anything started.</returns>
    private bool Place(SimulatedNode node)
    {
        if (_holdsNodes)
        {
            Holds.Refresh(Ready, _nodes.Select(each => each.Room(_now)), _now);
        }

        var hold = Holds.On(node.Room(_now), Ready, _now);
        var chosen = Packer.Choose(Ready, node.Room(_now), Holds, _now);
        foreach (var job in chosen)
        {
            _waiting.Remove(job.Id, out var started);
            node.Start(started!, _now);
            _startedAt.Add(job.Id, _now);
            _ends.Enqueue((node, started!), (_now + started!.Length, job.Id.Value));
            CheckThatNobodyIsDelayed(node, job, hold);

            // One whose turn it was may delay it, and what comes then cannot be told from that.
            hold = hold?.GoesFirst(job) == true ? null : hold;
        }

        return chosen.Count > 0;
    }

    private void CheckThatNobodyIsDelayed(SimulatedNode node, ReadyJob started, NodeHold? hold)
    {
        if (hold?.GoesFirst(started) == false)
        {
            Assert.True(NodeHold.For(new StarvedClass(hold.Job, hold.Since), node.Room(_now), _now)!.StartsAt <= hold.StartsAt, $"{started} delays {hold.Job}");
        }
    }

    private void CheckThatNothingWaitsForNoReason(SimulatedNode node)
    {
        var room = node.Room(_now);
        foreach (var job in Ready.Heads.Where(job => room.Free.Fits(job.Needs)))
        {
            var hold = Holds.On(room, Ready, _now);
            Assert.True(hold is not null && !hold.GoesFirst(job), $"{job} fits {room.Name}, and nothing is in its way");
            var instead = room with { Free = room.Free.Less(job.Needs), Occupants = [.. room.Occupants, new Occupant(job.Needs, _now + job.Needs.Runtime)] };
            Assert.False(NodeHold.For(new StarvedClass(hold.Job, hold.Since), instead, _now)?.StartsAt <= hold.StartsAt, $"{job} is in nobody's way");
        }
    }

    private sealed class SimulatedNode(NodeId id, NodeCapacity capacity)
    {
        private readonly List<(CourseJob Job, TimeSpan Since)> _running = [];

        public NodeRoom Room(TimeSpan now)
        {
            var free = _running.Aggregate(capacity, (left, each) => left.Less(each.Job.Job.Needs));
            return new NodeRoom(id, $"n{id}", capacity.After(now), free.After(now), _running.Select(each => new Occupant(each.Job.Job.Needs, each.Since + each.Job.Job.Needs.Runtime)));
        }

        public void Start(CourseJob job, TimeSpan now)
        {
            _running.Add((job, now));
            CheckThatAllFit(now);
        }

        public void End(CourseJob job) => _running.RemoveAll(each => each.Job == job);

        // Counted anew from what runs, and not by the arithmetic that is tested.
        private void CheckThatAllFit(TimeSpan now)
        {
            var needs = _running.Select(each => each.Job.Job.Needs).ToList();
            if (capacity.MaxParallelJobs is { } most)
            {
                Assert.True(needs.Count <= most);
            }
            else
            {
                Assert.True(needs.Sum(each => each.Cpus) <= capacity.Cpus);
                Assert.True(needs.Sum(each => each.Memory.Bytes) <= capacity.Memory.Bytes);
                Assert.True(needs.Sum(each => each.Gpus) <= capacity.Gpus);
            }

            var newest = _running[^1].Job.Job.Needs;
            Assert.True(capacity.TimeLeft is not { } left || now + newest.Runtime <= left);
            Assert.True(newest.Label is null || capacity.Labels!.Contains(newest.Label));
            Assert.True(newest.Scheduler is null || capacity.Scheduler is null || capacity.Scheduler == newest.Scheduler);
        }
    }
}
