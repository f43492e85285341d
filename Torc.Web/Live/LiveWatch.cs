using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Live;

/// <summary>One watcher's view of the feed. A slow watcher skips states in between, but never a job's last one.</summary>
public sealed class LiveWatch : IDisposable
{
    /// <summary>Four batches a second: fast enough to look instant, slow enough that ten thousand ending jobs do not drown a browser.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<WorkflowId, WorkflowView> _workflows = [];
    private readonly Dictionary<JobId, JobView> _jobs = [];
    private readonly HashSet<JobId> _sampled = [];
    private readonly HashSet<WorkflowId> _deleted = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly WorkflowId? _workflow;
    private readonly TimeProvider _time;
    private readonly Action<LiveWatch> _closed;

    internal LiveWatch(WorkflowId? workflow, TimeProvider time, Action<LiveWatch> closed)
    {
        _workflow = workflow;
        _time = time;
        _closed = closed;
    }

    /// <summary>Yields batches, at most one each <see cref="Pace"/>, each with the latest of what changed, until the watch is disposed.</summary>
    public async IAsyncEnumerable<LiveBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await _wake.Reader.WaitToReadAsync(cancel))
        {
            yield return Take();
            await Task.Delay(Pace, _time, cancel);
        }
    }

    /// <summary>Shows each batch, until the watcher closes: then it returns, and does not throw.</summary>
    public async Task FollowAsync(Func<LiveBatch, Task> show, CancellationToken closing)
    {
        try
        {
            await foreach (var batch in ReadAsync(closing))
            {
                await show(batch);
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    public void Dispose()
    {
        _wake.Writer.TryComplete();
        _closed(this);
    }

    internal void Offer(WorkflowChange change)
    {
        if (_workflow is { } watched && watched != change.Workflow.Id)
        {
            return;
        }

        lock (_gate)
        {
            if (change.IsDeleted)
            {
                // Its id is never used again.
                _deleted.Add(change.Workflow.Id);
                _workflows.Remove(change.Workflow.Id);
            }
            // Two commits may be published the wrong way round; the version tells which came last.
            else if (!_workflows.TryGetValue(change.Workflow.Id, out var known) || known.Version <= change.Workflow.Version)
            {
                _workflows[change.Workflow.Id] = change.Workflow;
            }

            if (_workflow is not null)
            {
                foreach (var job in change.Jobs)
                {
                    if (!_jobs.TryGetValue(job.Id, out var older) || older.Version <= job.Version)
                    {
                        _jobs[job.Id] = job;
                    }
                }

                _sampled.UnionWith(change.Sampled);
            }
        }

        _wake.Writer.TryWrite(true);
    }

    private LiveBatch Take()
    {
        lock (_gate)
        {
            _wake.Reader.TryRead(out _);
            var batch = new LiveBatch([.. _workflows.Values], [.. _jobs.Values], [.. _sampled], [.. _deleted]);
            _workflows.Clear();
            _jobs.Clear();
            _sampled.Clear();
            _deleted.Clear();
            return batch;
        }
    }
}
