using Torc.Shared.Jobs;

namespace Torc.Shared.Workflows;

/// <summary>
/// Lets jobs move each other: what ends sets others free or takes them along, in the same step and to any depth.
/// A workflow always ends: no job stays blocked when nothing that it waits for can still end.
/// </summary>
public static class WorkflowMachine
{
    /// <summary>Starts the first run of a draft.</summary>
    /// <returns>Null if it was started before.</returns>
    public static Decision? TryStart(WorkflowState workflow)
    {
        if (workflow.Status != WorkflowStatus.Uninitialized)
        {
            return null;
        }

        long version = workflow.NextVersion();
        var moves = new List<JobState>(workflow.JobCount);
        workflow.BeginRun();
        for (int position = 0; position < workflow.JobCount; position++)
        {
            Move(workflow, position, new JobEvent.Initialized(workflow.WaitingFor(position) > 0), version, moves);
        }

        return new Decision(moves, Answer: null, EndIfDone(workflow) ?? WorkflowStatus.Running);
    }

    /// <summary>Applies what happened to one job, and all that follows from it.</summary>
    /// <exception cref="KeyNotFoundException">The job is not one of this workflow.</exception>
    public static Decision Apply(WorkflowState workflow, JobId job, JobEvent occurrence)
    {
        int position = workflow.PositionOf(job) ?? throw new KeyNotFoundException($"workflow {workflow.Id} has no job {job}");
        // A refusal is not stored, so it must not use up a version either: a reader of the store would be behind for ever.
        long version = workflow.Version + 1;
        var moves = new List<JobState>();
        var answer = Move(workflow, position, occurrence, version, moves);
        if (answer is Transition.Moved { To: var moved })
        {
            workflow.NextVersion();
            if (!moved.Status.HasEnded())
            {
                return new Decision(moves, answer, Became: null);
            }

            TellDependents(workflow, position, version, moves);
        }

        return new Decision(moves, answer, EndIfDone(workflow));
    }

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

        int bad = workflow.Count(JobStatus.Failed) + workflow.Count(JobStatus.Canceled) + workflow.Count(JobStatus.Terminated);
        workflow.End(bad == 0 ? WorkflowStatus.Completed : WorkflowStatus.Failed);
        return workflow.Status;
    }
}
