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

    private readonly SortedDictionary<int, JobView> _jobs = [];

    protected IAnsiConsole Console { get; } = console;

    protected WorkflowView? Workflow { get; private set; }

    protected IReadOnlyCollection<JobView> Jobs => _jobs.Values;

    public static Progress Create(string address) =>
        AnsiConsole.Profile.Capabilities.Interactive && !System.Console.IsOutputRedirected
            ? new TerminalProgress(AnsiConsole.Console, address)
            : new LineProgress(AnsiConsole.Console);

    /// <summary>Follows until the workflow has ended.</summary>
    public async Task<WorkflowView> FollowAsync(Follower follower, WorkflowId workflow, CancellationToken cancel)
    {
        WorkflowView? ended = null;
        await ShowAsync(async () =>
        {
            await foreach (var update in follower.FollowAsync(workflow, cancel))
            {
                if (update is null)
                {
                    Lost();
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
            }
        });
        return ended ?? throw new OperationCanceledException(cancel);
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
                job.PeakMemory?.ToString() ?? "",
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

    protected abstract void Refresh();

    protected abstract void Lost();

    private static string Word(WorkflowStatus status) => status == WorkflowStatus.Completed ? "is done" : "has failed";
}
