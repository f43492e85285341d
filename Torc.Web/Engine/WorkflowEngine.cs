using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Torc.Shared.Jobs;
using Torc.Web.Data;
using Torc.Web.Live;

namespace Torc.Web.Engine;

/// <summary>
/// The one door through which workflows change. A caller hands in a decision; the engine's one loop decides on the state
/// in memory, stores the changes of all waiting callers in one transaction, publishes, and only then answers.
/// </summary>
internal sealed partial class WorkflowEngine(IEngineStore store, LiveFeed feed, IAgentDoorbell doorbell, IOptions<EngineOptions> options, TimeProvider time, ILogger<WorkflowEngine> logger)
    : BackgroundService
{
    /// <summary>A group is stored in one transaction; a longer one would make the first caller wait for the last.</summary>
    private const int MaxGroup = 100;

    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly long _startedAt = time.GetTimestamp();
    private EngineState? _state;

    public StoredRevisions Revisions { get; } = new();

    /// <summary>Decides, stores and publishes; answers when the change is durable.</summary>
    /// <param name="decide">Runs alone, must not wait, and may change the state only through its methods.</param>
    /// <exception cref="IOException">The change could not be stored; nothing of it remains.</exception>
    public async Task<T> ChangeAsync<T>(Func<EngineState, Commit, DateTimeOffset, T> decide, CancellationToken cancel)
    {
        var change = new Change<T>(decide);
        await _changes.Writer.WriteAsync(change, cancel);
        return await change.Answer.WaitAsync(cancel);
    }

    /// <summary>Looks at the state in memory.</summary>
    public Task<T> ReadAsync<T>(Func<EngineState, T> read, CancellationToken cancel) => ChangeAsync((state, _, _) => read(state), cancel);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Decides until it is stopped: the loop behind the door.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        var group = new List<Change>(MaxGroup);
        try
        {
            while (await _changes.Reader.WaitToReadAsync(stoppingToken))
            {
                group.Clear();
                while (group.Count < MaxGroup && _changes.Reader.TryRead(out var change))
                {
                    group.Add(change);
                }

                await DecideAsync(group, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not answered was not stored.
        }
        finally
        {
            _changes.Writer.Complete();
            while (_changes.Reader.TryRead(out var unheard))
            {
                unheard.Fail(new OperationCanceledException("the server is stopping"));
            }
        }
    }

    private async Task DecideAsync(List<Change> group, CancellationToken stop)
    {
        var commit = new Commit();
        try
        {
            _state ??= await LoadAsync(stop);
            var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
            (_state.Uptime, _state.Now) = (time.GetElapsedTime(_startedAt), now);
            foreach (var change in group)
            {
                change.Decide(_state, commit, now);
            }

            if (!commit.IsEmpty)
            {
                // Not cancelled half-way: a commit that may have happened must not look as if it had not.
                await store.WriteAsync(commit, CancellationToken.None);
                Revisions.Count(commit, job => _state.Owner(job)?.State.Id);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Memory may be ahead of the store now, so it is thrown away: the store is the truth, and nobody was answered. The next
            // state knows no connections, so the agents are rung: their reports are refused, and they say hello again.
            var connections = _state?.Connections ?? [];
            _state = null;
            Revisions.CountAll();
            LogNotStored(group.Count, failure);
            doorbell.Ring(connections);
            var answer = failure as OperationCanceledException ?? failure as StoreUnavailableException ?? (Exception)new IOException($"the change could not be stored: {failure.Message}", failure);
            group.ForEach(change => change.Fail(answer));
            return;
        }

        try
        {
            Publish(_state, commit);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // It is stored all the same; a watcher that missed it reads the store.
            LogNotPublished(failure);
        }

        ReleaseEnded(_state, commit);
        group.ForEach(change => change.Complete());
        doorbell.Ring(_state.BellsToRing());
    }

    private async Task<EngineState> LoadAsync(CancellationToken cancel)
    {
        long began = time.GetTimestamp();
        var stored = await store.LoadAsync(cancel);
        _state = new EngineState(stored, options.Value, time.GetElapsedTime(_startedAt));
        LogLoaded(stored.Workflows.Count, stored.Workflows.Sum(workflow => workflow.State.JobCount), time.GetElapsedTime(began).TotalMilliseconds);
        return _state;
    }

    private void Publish(EngineState state, Commit commit)
    {
        if (commit.Events.Count + commit.UserData.Count > 0)
        {
            feed.Ring(commit.Events.Select(posted => posted.Workflow).Concat(commit.UserData.Select(stored => stored.Workflow)).ToHashSet());
        }

        var sampled = commit.Samples.Select(sample => sample.Attempt.Job).Distinct().ToLookup(job => state.Owner(job)?.State.Id);
        var jobs = commit.Jobs.Keys.Union(commit.SeenAnew).ToLookup(job => state.Owner(job)?.State.Id);
        var changed = commit.Workflows.Values
            .Concat(commit.NewWorkflows.Select(created => state.Find(created.Head.Id)!))
            .Concat(jobs.Concat(sampled).Where(group => group.Key is not null).Select(group => state.Find(group.Key!.Value)!))
            .Distinct()
            .ToList();
        var unknown = state.UnknownCounts();
        foreach (var workflow in changed)
        {
            var views = jobs[workflow.State.Id].Select(job => state.AsKnown(workflow.View(workflow.State.PositionOf(job)!.Value, state.NodeName)));
            feed.Publish(new WorkflowChange(workflow.View() with { Unknown = unknown.GetValueOrDefault(workflow.State.Id) }, [.. views], [.. sampled[workflow.State.Id]]));
        }

        foreach (var (workflow, _, _) in commit.Deletions)
        {
            feed.Publish(new WorkflowChange(workflow, [], [], IsDeleted: true));
        }
    }

    private void ReleaseEnded(EngineState state, Commit commit)
    {
        foreach (var workflow in commit.Workflows.Values.Where(workflow => workflow.Head.EndedAt is not null))
        {
            LogEnded(workflow.State.Id, workflow.State.Status.ToString(), workflow.State.Run);
            state.Release(workflow);
        }

        foreach (var (workflow, by, _) in commit.Deletions)
        {
            LogDeleted(workflow.Id, by);
        }
    }

    [LoggerMessage(201, LogLevel.Information, "ready: {Workflows} workflows with {Jobs} jobs have not ended; loaded in {Milliseconds:0} ms")]
    private partial void LogLoaded(int workflows, int jobs, double milliseconds);

    [LoggerMessage(202, LogLevel.Error, "{Count} changes could not be stored and were refused; the state is read again from the store")]
    private partial void LogNotStored(int count, Exception failure);

    [LoggerMessage(204, LogLevel.Error, "a change that is stored could not be published")]
    private partial void LogNotPublished(Exception failure);

    [LoggerMessage(203, LogLevel.Information, "workflow_id={WorkflowId} ended {Status} in run {Run}")]
    private partial void LogEnded(WorkflowId workflowId, string status, int run);

    [LoggerMessage(205, LogLevel.Information, "workflow_id={WorkflowId} was deleted by {By}")]
    private partial void LogDeleted(WorkflowId workflowId, string by);

    private abstract class Change
    {
        public abstract void Decide(EngineState state, Commit commit, DateTimeOffset now);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Change<T>(Func<EngineState, Commit, DateTimeOffset, T> decide) : Change
    {
        // Whoever waits goes on elsewhere: the loop must not run the caller's code.
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _decided;

        public Task<T> Answer => _answer.Task;

        public override void Decide(EngineState state, Commit commit, DateTimeOffset now) => _decided = decide(state, commit, now);

        public override void Complete() => _answer.TrySetResult(_decided!);

        public override void Fail(Exception failure) => _answer.TrySetException(failure);
    }
}
