using Spectre.Console;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Client;

/// <summary>Shows a run: on a terminal in place, elsewhere a line for each change.</summary>
internal abstract class Progress
{
    private const int MaxReasons = 3;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(3);

    private readonly SortedDictionary<int, JobView> _jobs = [];
    private readonly HashSet<string> _told = [];
    private bool _isDraftTold;

    protected WorkflowView? Workflow { get; private set; }

    /// <summary>How often a display is drawn anew though nothing has changed; null for never.</summary>
    protected virtual TimeSpan? RefreshEvery => null;

    /// <summary>In the order of the spec.</summary>
    public IReadOnlyCollection<JobView> Jobs => _jobs.Values;

    /// <summary>The first jobs that ran and failed.</summary>
    public IEnumerable<JobView> Failed => _jobs.Values.Where(job => job is { Status: JobStatus.Failed, StartedAt: not null }).Take(MaxReasons);

    /// <param name="address">Of the workflow's page.</param>
    /// <param name="asJson">Writes an object on each line.</param>
    public static Progress Create(string address, bool asJson, bool isColored)
    {
        if (asJson || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            return new LineProgress(asJson);
        }

        if (!isColored)
        {
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        }

        return new TerminalProgress(AnsiConsole.Console, address);
    }

    /// <summary>Follows until the workflow has ended.</summary>
    /// <param name="ask">Asks for all that is known of a job; null if nobody answers.</param>
    public async Task<WorkflowView> FollowAsync(Follower follower, WorkflowId workflow, Func<JobId, Task<JobDetails?>> ask, CancellationToken cancel)
    {
        WorkflowView? ended = null;
        await ShowAsync(async () =>
        {
            await using var updates = follower.FollowAsync(workflow, cancel).GetAsyncEnumerator(cancel);
            var next = updates.MoveNextAsync().AsTask();
            var quiet = TimeSpan.Zero;
            while (true)
            {
                // After Ctrl-C the update that is waited for ends too, and has to: an enumerator cannot be left in the middle of a step.
                var pause = RefreshEvery ?? Stall;
                if (await Task.WhenAny(next, Task.Delay(pause, cancel)) != next && !cancel.IsCancellationRequested)
                {
                    quiet += pause;
                    if (quiet >= Stall)
                    {
                        quiet = TimeSpan.Zero;
                        await TellWhyAsync(ask);
                    }

                    if (Workflow is not null)
                    {
                        Refresh();
                    }

                    continue;
                }

                if (!await next)
                {
                    return;
                }

                quiet = TimeSpan.Zero;
                var update = updates.Current;
                if (update is null)
                {
                    Lost();
                    next = updates.MoveNextAsync().AsTask();
                    continue;
                }

                await TakeAsync(update, ask);
                if (Ending.HasEnded(update.Workflow))
                {
                    ended = update.Workflow;
                    return;
                }

                next = updates.MoveNextAsync().AsTask();
            }
        });
        return ended ?? throw new OperationCanceledException(cancel);
    }

    private async Task TakeAsync(WorkflowUpdate update, Func<JobId, Task<JobDetails?>> ask)
    {
        Workflow = update.Workflow;
        foreach (var job in update.Jobs)
        {
            bool known = _jobs.TryGetValue(job.Position, out var before);
            _jobs[job.Position] = job;
            if (!known || before!.Status != job.Status || before.Attempt != job.Attempt || before.UnknownSince != job.UnknownSince)
            {
                bool hasLimit = job.Status.HasEnded() && job.Outcome is { Kind: OutcomeKind.OutOfMemory or OutcomeKind.Timeout };
                Changed(job, hasLimit ? await ask(job.Id) : null);
                if (job.Status == JobStatus.PendingFailed)
                {
                    Waits(Sentences.Undecided(update.Workflow.Id, job));
                }
            }
        }

        if (update.Workflow.Status == WorkflowStatus.Uninitialized && !_isDraftTold)
        {
            _isDraftTold = true;
            Waits(Sentences.Draft(update.Workflow));
        }

        Refresh();
    }

    // When nothing moves although something could, the reason is more use than silence.
    private async Task TellWhyAsync(Func<JobId, Task<JobDetails?>> ask)
    {
        if (_jobs.Values.Any(job => job.Status.HoldsNode()))
        {
            return;
        }

        foreach (var job in _jobs.Values.Where(job => job.Status == JobStatus.Ready).Take(MaxReasons).ToList())
        {
            if (await ask(job.Id) is { Job.Reason: { } reason } && reason != job.Reason)
            {
                _jobs[job.Position] = job with { Reason = reason };
                if (_told.Add($"{job.Name} {reason}"))
                {
                    Waits($"{job.Name} waits. {reason}");
                }
            }
        }
    }

    /// <summary>Says how it ended, job by job.</summary>
    public IEnumerable<string> Summary()
    {
        var shown = Jobs.Where(job => Jobs.Count <= WatchScreen.MaxRows || job.Status != JobStatus.Completed).Take(WatchScreen.MaxRows);
        foreach (string line in TextTable.Lines([["JOB", "STATUS", "TIME", "CPU", "PEAK MEMORY", "REASON"], .. shown.Select(Row)]))
        {
            yield return line;
        }

        if (Workflow is { } workflow)
        {
            yield return "";
            string took = workflow is { StartedAt: { } from, EndedAt: { } to } ? $" in {Instants.Print(to - from)}" : "";
            yield return $"{workflow.Name} {(workflow.Status == WorkflowStatus.Completed ? "is done" : "has failed")}: {Counts(workflow)}{took}";
        }
    }

    private static string[] Row(JobView job) =>
    [
        job.Name,
        job.StatusWord(),
        job is { StartedAt: { } from, EndedAt: { } to } ? Instants.Print(to - from) : "",
        job.CpuTime is { } cpu ? Instants.Print(cpu) : "",
        $"{job.PeakMemory}",
        job.Reason ?? "",
    ];

    /// <summary>Such as <c>3 done, 2 running (1 unknown)</c>.</summary>
    public static string Counts(WorkflowView workflow) =>
        string.Join(", ", workflow.Counts.Where(count => count.Value > 0).OrderBy(count => count.Key).Select(count => $"{count.Value} {JobStatusWords.Of(count.Key)}{OfWhichUnknown(workflow, count.Key)}"));

    private static string? OfWhichUnknown(WorkflowView workflow, JobStatus status) =>
        workflow.Unknown?.GetValueOrDefault(status) is > 0 and var count ? $" ({count} {JobStatusWords.Unknown})" : null;

    /// <summary>Runs <paramref name="follow"/> while the display is up.</summary>
    protected abstract Task ShowAsync(Func<Task> follow);

    /// <param name="details">Where its limits are of interest; null otherwise, or if nobody could be asked.</param>
    protected abstract void Changed(JobView job, JobDetails? details);

    /// <summary>Nothing moves, and the sentence says why.</summary>
    protected abstract void Waits(string sentence);

    protected abstract void Refresh();

    protected abstract void Lost();
}
