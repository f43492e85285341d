using Spectre.Console;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Client;

/// <summary>Shows a run: on a terminal in place, elsewhere a line for each change.</summary>
internal abstract class Progress(IAnsiConsole console)
{
    /// <summary>More lines than this are no overview any more.</summary>
    protected const int MaxRows = 15;

    private const int MaxReasons = 3;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(3);

    private readonly SortedDictionary<int, JobView> _jobs = [];

    protected IAnsiConsole Console { get; } = console;

    protected WorkflowView? Workflow { get; private set; }

    protected IReadOnlyCollection<JobView> Jobs => _jobs.Values;

    /// <summary>The first jobs that ran and failed.</summary>
    public IEnumerable<JobView> Failed => _jobs.Values.Where(job => job is { Status: JobStatus.Failed, StartedAt: not null }).Take(MaxReasons);

    public static Progress Create(string address) =>
        AnsiConsole.Profile.Capabilities.Interactive && !System.Console.IsOutputRedirected
            ? new TerminalProgress(AnsiConsole.Console, address)
            : new LineProgress(AnsiConsole.Console);

    /// <summary>Follows until the workflow has ended.</summary>
    /// <param name="why">Says why a job that is ready is not running; null if nobody knows.</param>
    public async Task<WorkflowView> FollowAsync(Follower follower, WorkflowId workflow, Func<JobId, Task<string?>> why, CancellationToken cancel)
    {
        WorkflowView? ended = null;
        await ShowAsync(async () =>
        {
            await using var updates = follower.FollowAsync(workflow, cancel).GetAsyncEnumerator(cancel);
            var next = updates.MoveNextAsync().AsTask();
            while (true)
            {
                // After Ctrl-C the update that is waited for ends too, and has to: an enumerator cannot be left in the middle of a step.
                if (await Task.WhenAny(next, Task.Delay(Stall, cancel)) != next && !cancel.IsCancellationRequested)
                {
                    await TellWhyAsync(why);
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                var update = updates.Current;
                if (update is null)
                {
                    Lost();
                    next = updates.MoveNextAsync().AsTask();
                    continue;
                }

                Workflow = update.Workflow;
                foreach (var job in update.Jobs)
                {
                    bool known = _jobs.TryGetValue(job.Position, out var before);
                    _jobs[job.Position] = job;
                    if (!known || before!.Status != job.Status)
                    {
                        Changed(job);
                    }
                }

                Refresh();
                if (update.Workflow.Status is WorkflowStatus.Completed or WorkflowStatus.Failed)
                {
                    ended = update.Workflow;
                    return;
                }

                next = updates.MoveNextAsync().AsTask();
            }
        });
        return ended ?? throw new OperationCanceledException(cancel);
    }

    // When nothing moves although something could, the reason is more use than silence.
    private async Task TellWhyAsync(Func<JobId, Task<string?>> why)
    {
        if (_jobs.Values.Any(job => job.Status.HoldsNode()))
        {
            return;
        }

        foreach (var job in _jobs.Values.Where(job => job.Status == JobStatus.Ready).Take(MaxReasons).ToList())
        {
            if (await why(job.Id) is { } reason && reason != job.Reason)
            {
                _jobs[job.Position] = job with { Reason = reason };
                Waits(_jobs[job.Position]);
            }
        }

        Refresh();
    }

    /// <summary>Says how it ended, job by job.</summary>
    public void Summarize()
    {
        var table = new Table().Border(TableBorder.None).AddColumns("job", "status", "time", "cpu", "peak memory", "");
        foreach (var job in Jobs.Where(job => Jobs.Count <= MaxRows || job.Status != JobStatus.Completed).Take(MaxRows))
        {
            table.AddRow(
                Markup.Escape(job.Name),
                Word(job.Status),
                Time(job),
                job.CpuTime is { } cpu ? $"{cpu.TotalSeconds:0.0} s" : "",
                $"{job.PeakMemory}",
                Markup.Escape(job.Reason ?? ""));
        }

        Console.WriteLine();
        Console.Write(table);
        if (Workflow is { } workflow)
        {
            Console.WriteLine();
            Console.WriteLine($"{workflow.Name} {Word(workflow.Status)}: {Counts(workflow)} in {Duration(workflow.StartedAt, workflow.EndedAt)}");
        }
    }

    protected static string Word(JobStatus status) => status switch
    {
        JobStatus.Blocked => "waiting",
        JobStatus.Pending => "starting",
        JobStatus.Completed => "done",
        JobStatus.Canceled => "cancelled",
        JobStatus.Terminated => "stopped",
        _ => status.ToString().ToLowerInvariant(),
    };

    protected static string Counts(WorkflowView workflow) =>
        string.Join(", ", workflow.Counts.Where(count => count.Value > 0).Select(count => $"{count.Value} {Word(count.Key)}"));

    protected static string Time(JobView job) => job.StartedAt is null ? "" : Duration(job.StartedAt, job.EndedAt);

    protected static string Duration(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } started ? $"{((to ?? TimeProvider.System.GetUtcNow()) - started).TotalSeconds:0.0} s" : "";

    /// <summary>Runs <paramref name="follow"/> while the display is up.</summary>
    protected abstract Task ShowAsync(Func<Task> follow);

    protected abstract void Changed(JobView job);

    /// <summary>Nothing moves, and the job's reason says why this one does not.</summary>
    protected abstract void Waits(JobView job);

    protected abstract void Refresh();

    protected abstract void Lost();

    private static string Word(WorkflowStatus status) => status == WorkflowStatus.Completed ? "is done" : "has failed";
}
