using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Shared.Workflows;

/// <summary>
/// Lets jobs move each other: what ends sets others free or takes them along, in the same step and to any depth.
/// A workflow always ends: no job stays blocked when nothing that it waits for can still end.
/// </summary>
public static class WorkflowMachine
{
    /// <summary>A job that was lost with its node so often is not given out any more: it may be what kills the nodes.</summary>
    public const int LossLimit = 3;

    /// <summary>Starts the first run of a draft.</summary>
    /// <returns>Null if it was started before, or is archived.</returns>
    public static Decision? TryStart(WorkflowState workflow)
    {
        if (workflow.Status != WorkflowStatus.Uninitialized || workflow.IsArchived)
        {
            return null;
        }

        long version = workflow.NextVersion();
        var moves = new List<JobState>(workflow.JobCount);
        workflow.BeginRun();
        foreach (int position in workflow.Definition.Graph.TopologicalOrder)
        {
            Move(workflow, position, new JobEvent.Initialized(workflow.WaitingFor(position) > 0), version, moves);
        }

        return new Decision(moves, Answer: null, EndIfDone(workflow) ?? WorkflowStatus.Running);
    }

    /// <summary>Applies what happened to one job, and all that follows from it.</summary>
    /// <param name="nodes">All that are known: no job is to get more than the largest of them has. Looked at only if that matters.</param>
    /// <exception cref="KeyNotFoundException">The job is not one of this workflow.</exception>
    public static Decision Apply(WorkflowState workflow, JobId job, JobEvent occurrence, IEnumerable<NodeCapacity>? nodes = null)
    {
        int position = workflow.PositionOf(job) ?? throw new KeyNotFoundException($"workflow {workflow.Id} has no job {job}");
        // A refusal is not stored, so it must not use up a version either: a reader of the store would be behind for ever.
        long version = workflow.Version + 1;
        var moves = new List<JobState>();
        var meant = RetryPolicy.Settle(workflow, position, Lost(workflow, position, occurrence), nodes ?? []);
        var answer = Move(workflow, position, meant, version, moves);
        if (answer is Transition.Moved { To: var moved })
        {
            workflow.NextVersion();
            if (moved is { Again: true, Status: not (JobStatus.Pending or JobStatus.Running) })
            {
                RunAgain(workflow, position, version, moves);
            }
            else if (moved.Status.HasEnded())
            {
                TellDependents(workflow, position, version, moves);
            }
            else
            {
                Reblock(workflow, position, version, moves);
            }
        }

        return new Decision(moves, answer, EndIfDone(workflow));
    }

    /// <summary>
    /// Asks jobs to end: those that wait are canceled at once with what waits for them, those that are on a node end when their
    /// agents have ended them.
    /// </summary>
    /// <param name="positions">Null for all jobs.</param>
    /// <returns>Null if there was nothing to end.</returns>
    public static Decision? TryStop(WorkflowState workflow, IReadOnlyCollection<int>? positions, string reason)
    {
        if (workflow.Status != WorkflowStatus.Running)
        {
            return null;
        }

        long version = workflow.Version + 1;
        var moves = new List<JobState>();
        var ended = new List<int>();
        foreach (int position in positions ?? [.. Enumerable.Range(0, workflow.JobCount)])
        {
            if (Move(workflow, position, new JobEvent.StopRequested(reason), version, moves) is Transition.Moved { To: var moved } && moved.Status.HasEnded())
            {
                ended.Add(position);
            }
        }

        if (moves.Count == 0)
        {
            return null;
        }

        // Only now, so that nothing that is to end itself is set free or taken along by another that ends.
        workflow.NextVersion();
        ended.ForEach(position => TellDependents(workflow, position, version, moves));
        return new Decision(moves, Answer: null, EndIfDone(workflow));
    }

    /// <summary>Counts the jobs that <see cref="TryStop"/> would end, without those that only wait for them. Nothing changes.</summary>
    /// <param name="positions">Null for all jobs.</param>
    public static int CountToStop(WorkflowState workflow, IReadOnlyCollection<int>? positions) => workflow.Status != WorkflowStatus.Running
        ? 0
        : (positions ?? [.. Enumerable.Range(0, workflow.JobCount)]).Count(position => JobMachine.Apply(workflow.Job(position), new JobEvent.StopRequested("")) is Transition.Moved);

    /// <summary>
    /// Turns jobs off, so that no run starts them and nothing waits for them, or on again. Of a workflow that has ended this settles
    /// anew whether it ended well: jobs that are off do not count.
    /// </summary>
    /// <param name="reason">Such as "turned off by ann"; of no meaning where they are turned on.</param>
    /// <param name="lastOutcomeOf">How the newest attempt of the job at a position ended; null if it had none.</param>
    /// <returns>Null if there was none to turn: one that has a node has to end first.</returns>
    public static Decision? TryTurn(WorkflowState workflow, IReadOnlyCollection<int> positions, bool on, string reason, Func<int, Outcome?> lastOutcomeOf)
    {
        long version = workflow.Version + 1;
        var moves = new List<JobState>();
        foreach (int position in positions)
        {
            Move(workflow, position, on ? new JobEvent.TurnedOn() : new JobEvent.TurnedOff(reason, lastOutcomeOf(position)), version, moves);
        }

        if (moves.Count == 0)
        {
            return null;
        }

        workflow.NextVersion();
        if (workflow.Status == WorkflowStatus.Running && !on)
        {
            // Only now, as with stops. One that is turned on is part of a later run: this one goes on as it is.
            moves.Select(job => workflow.PositionOf(job.Id)!.Value).ToList().ForEach(position => TellDependents(workflow, position, version, moves));
        }
        else if (workflow.Status is WorkflowStatus.Completed or WorkflowStatus.Failed)
        {
            workflow.End(Result(workflow));
        }

        return new Decision(moves, Answer: null, EndIfDone(workflow));
    }

    /// <summary>Counts the jobs that <see cref="TryTurn"/> would turn. Nothing changes.</summary>
    public static int CountToTurn(WorkflowState workflow, IReadOnlyCollection<int> positions, bool on) =>
        positions.Count(position => JobMachine.Apply(workflow.Job(position), on ? new JobEvent.TurnedOn() : new JobEvent.TurnedOff("", Last: null)) is Transition.Moved);

    /// <summary>Puts a workflow away, so that no run of it starts, or brings it back.</summary>
    /// <returns>False if it runs, or if it is so already.</returns>
    public static bool TryArchive(WorkflowState workflow, bool archived)
    {
        if (workflow.Status == WorkflowStatus.Running || workflow.IsArchived == archived)
        {
            return false;
        }

        workflow.Archive(archived);
        workflow.NextVersion();
        return true;
    }

    /// <summary>
    /// Begins a new run of a workflow that has ended or still runs. Jobs that are not named keep what became of them. Of those that are
    /// named, each that has an open attempt runs again when that has ended.
    /// </summary>
    /// <param name="runs">Positions.</param>
    /// <param name="mayReuse">Those of them that need not run if what they read turns out to be as it was.</param>
    /// <param name="stopReason">Ends the open attempts of jobs that are to run again; null lets them come to their own end.</param>
    /// <returns>Null if the workflow was never started or is archived, or there is nothing to run.</returns>
    public static Decision? TryRerun(WorkflowState workflow, IReadOnlySet<int> runs, IReadOnlySet<int> mayReuse, string? stopReason)
    {
        if (workflow.Status == WorkflowStatus.Uninitialized || workflow.IsArchived || runs.Count == 0)
        {
            return null;
        }

        long version = workflow.NextVersion();
        var moves = new List<JobState>();
        workflow.BeginRun();
        foreach (int position in workflow.Definition.Graph.TopologicalOrder)
        {
            if (!runs.Contains(position))
            {
                Reblock(workflow, position, version, moves);
            }
            else if (workflow.Job(position).Status.HoldsNode())
            {
                Move(workflow, position, new JobEvent.RunAgain(), version, moves);
                if (stopReason is not null)
                {
                    Move(workflow, position, new JobEvent.StopRequested(stopReason), version, moves);
                }
            }
            else
            {
                Move(workflow, position, new JobEvent.Rerun(workflow.WaitingFor(position) > 0, mayReuse.Contains(position)), version, moves);
            }
        }

        return new Decision(moves, Answer: null, EndIfDone(workflow) ?? WorkflowStatus.Running);
    }

    // The run that its attempt ended for is over: what waits for it goes on waiting. What it waits for may have failed since.
    private static void RunAgain(WorkflowState workflow, int position, long version, List<JobState> moves)
    {
        JobState? failed = null;
        foreach (int blocker in workflow.Definition.Graph.BlockersOf(position))
        {
            failed ??= workflow.Job(blocker).Status.EndedBadly() ? workflow.Job(blocker) : null;
        }

        bool isCanceled = failed is not null && workflow.Definition.Jobs[position].CancelOnBlockingJobFailure;
        Move(workflow, position, new JobEvent.Rerun(isCanceled || workflow.WaitingFor(position) > 0, MayReuse: false), version, moves);
        if (isCanceled)
        {
            Move(workflow, position, new JobEvent.BlockerFailed(failed!.FailedBlocker ?? failed.Id), version, moves);
            TellDependents(workflow, position, version, moves);
        }
    }

    // A job that was free to run waits again for one that runs again.
    private static void Reblock(WorkflowState workflow, int position, long version, List<JobState> moves)
    {
        if (workflow.Job(position).Status == JobStatus.Ready && workflow.WaitingFor(position) > 0)
        {
            Move(workflow, position, new JobEvent.Reblocked(), version, moves);
        }
    }

    // A node that is lost, or a lease that ran out on it, takes the attempt with it, and the job only if it may not run again.
    private static JobEvent Lost(WorkflowState workflow, int position, JobEvent occurrence) =>
        occurrence is JobEvent.Ended { Outcome.Kind: OutcomeKind.NodeLost or OutcomeKind.Fenced } lost
            && workflow.Definition.Jobs[position].OnLost == OnLost.Rerun
            && workflow.Job(position) is { StopReason: null, Losses: < LossLimit - 1 }
            ? new JobEvent.Lost(lost.Attempt)
            : occurrence;

    // Breadth first over jobs that ended in this step. Each ends once, so each is told of once: no visited set is needed,
    // and a chain of a million jobs takes no stack.
    private static void TellDependents(WorkflowState workflow, int ended, long version, List<JobState> moves)
    {
        var news = new Queue<int>([ended]);
        while (news.TryDequeue(out int blocker))
        {
            var blockerState = workflow.Job(blocker);
            foreach (int dependent in workflow.Definition.Graph.DependentsOf(blocker))
            {
                if (blockerState.Status.EndedBadly() && workflow.Definition.Jobs[dependent].CancelOnBlockingJobFailure)
                {
                    if (Move(workflow, dependent, new JobEvent.BlockerFailed(blockerState.FailedBlocker ?? blockerState.Id), version, moves) is Transition.Moved)
                    {
                        news.Enqueue(dependent);
                    }
                }
                else if (workflow.WaitingFor(dependent) == 0)
                {
                    Move(workflow, dependent, new JobEvent.Unblocked(), version, moves);
                }
            }
        }
    }

    private static Transition Move(WorkflowState workflow, int position, JobEvent occurrence, long version, List<JobState> moves)
    {
        var answer = JobMachine.Apply(workflow.Job(position), occurrence);
        if (answer is Transition.Moved { To: var moved })
        {
            var versioned = moved with { Version = version };
            workflow.Put(position, versioned);
            moves.Add(versioned);
        }

        return answer;
    }

    private static WorkflowStatus? EndIfDone(WorkflowState workflow)
    {
        if (workflow.Status != WorkflowStatus.Running || workflow.HasLiveJobs)
        {
            return null;
        }

        workflow.End(Result(workflow));
        return workflow.Status;
    }

    private static WorkflowStatus Result(WorkflowState workflow) =>
        workflow.Count(JobStatus.Failed) + workflow.Count(JobStatus.Canceled) + workflow.Count(JobStatus.Terminated) == 0 ? WorkflowStatus.Completed : WorkflowStatus.Failed;
}
