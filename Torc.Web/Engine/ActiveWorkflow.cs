using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>A workflow that the engine holds in memory: one that has not ended.</summary>
internal sealed class ActiveWorkflow(WorkflowHead head, WorkflowState state)
{
    private readonly AttemptRecord?[] _newest = new AttemptRecord?[state.JobCount];
    // As they were when they were last told of.
    private readonly JobState[] _told = [.. Enumerable.Range(0, state.JobCount).Select(state.Job)];
    private readonly Dictionary<string, string?> _data = state.Definition.UserData.ToDictionary(data => data.Name, data => DataDigest.Of(data.Data));

    public WorkflowHead Head { get; set; } = head;

    public WorkflowState State { get; } = state;

    /// <summary>The newest attempt of the job at <paramref name="position"/>; null if it never had one.</summary>
    public AttemptRecord? NewestAttempt(int position) => _newest[position];

    /// <summary>The values of its user data, as fingerprints have them.</summary>
    public IReadOnlyDictionary<string, string?> Data => _data;

    /// <param name="json">The new value; nothing happens if the workflow has no user data of that name.</param>
    public void PutData(string name, string? json)
    {
        if (_data.ContainsKey(name))
        {
            _data[name] = DataDigest.Of(json);
        }
    }

    /// <summary>Takes what another state of the same workflow has of a user data.</summary>
    public void TakeData(string name, ActiveWorkflow from) => _data[name] = from._data[name];

    /// <summary>Notes that the job at <paramref name="position"/> is told of as it is now.</summary>
    /// <returns>As it was told of before.</returns>
    public JobState Tell(int position, JobState job)
    {
        var before = _told[position];
        _told[position] = job;
        return before;
    }

    public void Put(int position, AttemptRecord attempt) => _newest[position] = attempt;

    /// <param name="since">Since when it is ready, by <see cref="EngineState.Uptime"/>.</param>
    public ReadyJob Ready(int position, TimeSpan since)
    {
        var job = State.Definition.Jobs[position];
        return new ReadyJob(State.Job(position).Id, State.NeedsOf(position), job.Priority, State.Definition.Graph.RemainingDepth[position], State.Definition.SortMethod, since);
    }

    public WorkflowView View() => Head.View(State);

    /// <param name="nodeName">Names the node of an attempt.</param>
    public JobView View(int position, Func<NodeId, string> nodeName)
    {
        var job = State.Job(position);
        var attempt = _newest[position];
        return new JobView(
            job.Id,
            position,
            State.Definition.Jobs[position].Name,
            job.Status,
            job.Attempt,
            ReasonOf(job),
            attempt is null ? null : nodeName(attempt.Node),
            attempt?.Outcome,
            attempt?.StartedAt,
            attempt?.EndedAt,
            attempt?.Usage is { PeakMemory.Bytes: > 0 } used ? used.PeakMemory : null,
            attempt?.Usage?.CpuTime,
            job.Version,
            State.Definition.Jobs[position].Trigger);
    }

    /// <summary>Why a job stands where it stands, in a sentence; null when the status says it all.</summary>
    public string? ReasonOf(JobState job)
    {
        string? blocker = job.FailedBlocker is { } failed && State.PositionOf(failed) is { } at ? State.Definition.Jobs[at].Name : null;
        return JobReason.Of(job.Status, job.Outcome, blocker, job.StopReason, job.Retry, job.Reuse);
    }

    /// <summary>What the agent needs to run the newest attempt of a job.</summary>
    public Assignment Assign(int position, EngineOptions options)
    {
        var job = State.Definition.Jobs[position];
        return new Assignment(
            State.Job(position).NewestAttempt,
            State.Id,
            State.Run,
            job.Name,
            job.Command,
            job.InvocationScript,
            Head.WorkingDirectory,
            job.Env,
            State.NeedsOf(position),
            [.. job.InputFiles.Select(file => State.Definition.Files[file].Path)],
            [.. job.OutputFiles.Select(file => State.Definition.Files[file].Path)],
            State.Definition.Monitor.SampleEvery,
            options.Grace,
            job.OnLost == OnLost.Rerun ? options.Lease : null,
            State.Job(position).Retry is { Script: { } script } retry ? new RecoveryOrder(script, retry.Attempt, retry.Kind, retry.ExitCode) : null);
    }
}
