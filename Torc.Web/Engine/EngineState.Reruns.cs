using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>New runs of workflows, also of those that had ended.</summary>
internal sealed partial class EngineState
{
    /// <summary>The versions at which workflows ended while this server has run: what was read before is older.</summary>
    private readonly Dictionary<WorkflowId, long> _released = [];

    /// <summary>The jobs that are ready and need not run if what they read is as it was.</summary>
    public IReadOnlyCollection<JobId> JobsToCheck => _toCheck;

    /// <summary>Holds a workflow again that had ended.</summary>
    /// <param name="loaded">As the store had it a moment ago.</param>
    /// <returns>The workflow that is held; null if it has moved since, so that it has to be read again.</returns>
    public ActiveWorkflow? Adopt(ActiveWorkflow loaded)
    {
        if (Find(loaded.State.Id) is { } held)
        {
            return held;
        }

        if (_released.TryGetValue(loaded.State.Id, out long version) && version > loaded.State.Version)
        {
            return null;
        }

        Hold(loaded);
        return loaded;
    }

    /// <summary>Forgets a workflow again that was adopted and came to nothing.</summary>
    public void ReleaseIfEnded(ActiveWorkflow workflow)
    {
        if (workflow.State.Status is WorkflowStatus.Completed or WorkflowStatus.Failed)
        {
            Release(workflow);
        }
    }

    /// <summary>Gives a workflow another definition. Jobs that it had keep what became of them; new ones wait for a run.</summary>
    /// <param name="origins">For each job the position that it had before; null for a new one.</param>
    /// <returns>The workflow as it is now; null if it runs, since what runs was begun for the old definition.</returns>
    public ActiveWorkflow? TryRevise(ActiveWorkflow workflow, WorkflowDefinition definition, IReadOnlyList<int?> origins, SpecSource spec, DateTimeOffset now, Commit commit)
    {
        var old = workflow.State;
        if (old.Status == WorkflowStatus.Running)
        {
            return null;
        }

        JobState[] jobs = [.. origins.Select(origin => origin is { } position ? old.Job(position) : new JobState(new JobId(++_lastJob), JobStatus.Uninitialized))];
        var kept = origins.OfType<int>().ToHashSet();
        var removed = Enumerable.Range(0, old.JobCount).Where(position => !kept.Contains(position)).Select(position => old.Job(position).Id);
        var revised = new ActiveWorkflow(
            workflow.Head with { SpecVersion = workflow.Head.SpecVersion + 1 },
            new WorkflowState(old.Id, definition, jobs, old.Status, old.Run, old.Version + 1, old.IsArchived));
        for (int position = 0; position < jobs.Length; position++)
        {
            if (origins[position] is { } origin && workflow.NewestAttempt(origin) is { } attempt)
            {
                revised.Put(position, attempt);
            }
        }

        var keptData = KeptData(old.Definition, definition);
        foreach (string name in keptData)
        {
            revised.TakeData(name, workflow);
        }

        Release(workflow);
        Hold(revised);
        Post(revised, StateEvent.SpecChanged, $$"""{"version":{{revised.Head.SpecVersion}}}""", now, commit);
        var added = jobs.Where((_, position) => origins[position] is null).Select(job => job.Id).ToHashSet();
        commit.Revisions.Add(new Revision(revised.Head, definition, [.. jobs.Select(job => job.Id)], added, [.. removed], keptData, spec));
        commit.Workflows[old.Id] = revised;
        return revised;
    }

    // What was stored stays, unless the spec gives another value to something that no job makes.
    private static HashSet<string> KeptData(WorkflowDefinition old, WorkflowDefinition now)
    {
        var before = old.UserData.ToDictionary(data => data.Name, data => data.Data);
        var made = now.Jobs.SelectMany(job => job.OutputData).ToHashSet();
        return [.. now.UserData
            .Where((data, position) => before.TryGetValue(data.Name, out string? initial) && (data.Data is null || data.Data == initial || made.Contains(position)))
            .Select(data => data.Name)];
    }

    /// <summary>Begins a new run.</summary>
    /// <param name="runs">The positions of the jobs that run.</param>
    /// <param name="mayReuse">Those of them that need not run if what they read turns out to be as it was.</param>
    /// <param name="stop">Ends what runs of them and is to run again, instead of waiting for its end.</param>
    /// <returns>Whether there was anything to run.</returns>
    public bool TryRerun(
        ActiveWorkflow workflow, IReadOnlySet<int> runs, IReadOnlySet<int> mayReuse, bool stop, RerunScope scope, string by, DateTimeOffset now, Commit commit)
    {
        if (WorkflowMachine.TryRerun(workflow.State, runs, mayReuse, stop ? $"{by} runs it again" : null) is not { } decision)
        {
            return false;
        }

        workflow.Head = workflow.Head with { StartedAt = now, EndedAt = null };
        Begin(workflow, new NewRun(workflow.State.Id, workflow.State.Run, scope, by, now, workflow.Head.SpecVersion, runs.Count), commit);
        ClearEphemeral(workflow, runs.Except(mayReuse).ToHashSet(), now, commit);
        TellStops(decision);
        Note(workflow, decision, now, commit);
        return true;
    }

    /// <summary>Settles whether a job that need not run has to.</summary>
    /// <param name="attempt">The one whose result counts if it does not; the answer is of no use if the job has a newer one.</param>
    public void Settle(AttemptId attempt, bool isUnchanged, DateTimeOffset now, Commit commit)
    {
        if (Owner(attempt.Job) is { } workflow && StateOf(attempt) is { Reuse: Reuse.Possible } job && job.NewestAttempt == attempt)
        {
            Note(workflow, WorkflowMachine.Apply(workflow.State, attempt.Job, isUnchanged ? new JobEvent.Reused() : new JobEvent.NotReusable()), now, commit);
        }
    }

    /// <summary>Stores the value of a user data.</summary>
    /// <param name="by">The attempt that does; null for somebody from outside.</param>
    public UserDataPost StoreData(WorkflowId workflow, string name, string json, AttemptId? by, DateTimeOffset now, Commit commit)
    {
        var post = new UserDataPost(workflow, name, json, now, by);
        Find(workflow)?.PutData(name, json);
        commit.UserData.Add(post);
        return post;
    }

    /// <summary>What is known of an attempt that may still speak for itself.</summary>
    /// <returns>Null if it is over, or was given to nobody.</returns>
    public AttemptOrigin? OpenAttempt(AttemptId attempt) =>
        Owner(attempt.Job) is { } workflow && StateOf(attempt) is { } job && job.NewestAttempt == attempt && job.Status.HoldsNode()
            ? new AttemptOrigin(attempt, workflow.State.Id, workflow.NewestAttempt(workflow.State.PositionOf(attempt.Job)!.Value)!.Run, job.Node!.Value)
            : null;

    // What somebody who runs again will store anew, or what nobody stores but people, is not to be taken for a value of this run.
    // Producers that are kept, or may be, will not store theirs again.
    private static void ClearEphemeral(ActiveWorkflow workflow, HashSet<int>? runs, DateTimeOffset now, Commit commit)
    {
        var definition = workflow.State.Definition;
        if (!definition.UserData.Any(data => data.IsEphemeral))
        {
            return;
        }

        var kept = Enumerable.Range(0, definition.Jobs.Count).Where(job => runs?.Contains(job) is false).SelectMany(job => definition.Jobs[job].OutputData).ToHashSet();
        foreach (var data in definition.UserData.Where((data, position) => data.IsEphemeral && !kept.Contains(position)))
        {
            if (workflow.Data[data.Name] != DataDigest.Of(data.Data))
            {
                workflow.PutData(data.Name, data.Data);
                commit.UserData.Add(new UserDataPost(workflow.State.Id, data.Name, data.Data, now));
            }
        }
    }
}
