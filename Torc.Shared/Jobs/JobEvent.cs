using Torc.Shared.Quantities;

namespace Torc.Shared.Jobs;

/// <summary>Something that happened to a job, as told by its workflow, its blockers or its agent.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>The workflow was started.</summary>
    /// <param name="Blocked">Whether the job waits for others.</param>
    public sealed record Initialized(bool Blocked) : JobEvent;

    /// <summary>The last job that this one waited for has ended.</summary>
    public sealed record Unblocked : JobEvent;

    /// <summary>A job that this one waits for ended badly, and this one shall not run without it.</summary>
    /// <param name="Blocker">The one that failed: where others were canceled in between, the first cause.</param>
    public sealed record BlockerFailed(JobId Blocker) : JobEvent;

    /// <summary>A node has room for the job and gets it.</summary>
    public sealed record Assigned(NodeId Node) : JobEvent;

    /// <summary>The agent never got the assignment or gave it back: the command was not started.</summary>
    public sealed record Returned(int Attempt) : JobEvent;

    public sealed record Started(int Attempt) : JobEvent;

    /// <param name="PeakMemory">The most that it was seen to hold; zero if nobody saw.</param>
    public sealed record Ended(int Attempt, Outcome Outcome, MemorySize PeakMemory = default) : JobEvent;

    /// <summary>The attempt ended badly, and the job runs once more.</summary>
    public sealed record Retried(int Attempt, Retry How) : JobEvent;

    /// <summary>The attempt ended badly, and a person has to decide what that means.</summary>
    public sealed record LeftUndecided(int Attempt, Outcome Outcome) : JobEvent;

    /// <summary>The attempt was lost with its node, and the job may run again.</summary>
    public sealed record Lost(int Attempt) : JobEvent;

    /// <summary>Somebody wants the job to end. What runs goes on until its agent has ended it, and then counts as what happened.</summary>
    /// <param name="Reason">Such as "stopped by ann".</param>
    public sealed record StopRequested(string Reason) : JobEvent;

    /// <summary>It is to run in a new run, whatever became of it in an earlier one.</summary>
    /// <param name="Blocked">Whether it waits for others.</param>
    /// <param name="MayReuse">Whether it need not run if what it reads turns out to be as it was.</param>
    public sealed record Rerun(bool Blocked, bool MayReuse) : JobEvent;

    /// <summary>It is to run once more when the attempt that is open now has ended.</summary>
    public sealed record RunAgain : JobEvent;

    /// <summary>A job that it waits for runs again after all.</summary>
    public sealed record Reblocked : JobEvent;

    /// <summary>No run is to start it until somebody turns it on again; what waits for it does not wait for it any more.</summary>
    /// <param name="Reason">Such as "turned off by ann".</param>
    /// <param name="Last">How its newest attempt ended, in whatever run; null if it had none.</param>
    public sealed record TurnedOff(string Reason, Outcome? Last) : JobEvent;

    /// <summary>Runs may start it again. If it had ended well before, that counts again.</summary>
    public sealed record TurnedOn : JobEvent;

    /// <summary>What it reads is as it was: its earlier result counts.</summary>
    public sealed record Reused : JobEvent;

    /// <summary>What it reads is not as it was, or nobody could tell.</summary>
    public sealed record NotReusable : JobEvent;
}
