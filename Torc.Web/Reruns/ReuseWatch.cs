using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Engine;
using Torc.Web.Live;

namespace Torc.Web.Reruns;

/// <summary>
/// Looks at jobs that need not run if what they read turned out to be as it was, as soon as all that they wait for has ended. One that
/// cannot be looked at runs.
/// </summary>
internal sealed partial class ReuseWatch(WorkflowEngine engine, LiveFeed feed, ResultQueries results, NodeFiles files, ILogger<ReuseWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watch = feed.Watch(workflow: null);
        try
        {
            // A server that was killed may have left some behind.
            await SettleAllAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        await watch.FollowAsync(_ => SettleAllAsync(stoppingToken), stoppingToken);
    }

    private async Task SettleAllAsync(CancellationToken cancel)
    {
        var open = await engine.ReadAsync(
            state => state.JobsToCheck.Select(job => (Job: job, Workflow: state.Owner(job)!)).Select(entry => new Open(
                entry.Workflow,
                entry.Workflow.State.PositionOf(entry.Job)!.Value,
                [.. Enumerable.Range(0, entry.Workflow.State.JobCount).Select(entry.Workflow.State.Job)],
                new Dictionary<string, string?>(entry.Workflow.Data))).ToList(),
            cancel);
        foreach (var one in open)
        {
            bool isUnchanged = false;
            try
            {
                isUnchanged = await IsUnchangedAsync(one, cancel);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !cancel.IsCancellationRequested)
            {
                LogNotLookedAt(one.State.NewestAttempt, failure);
            }

            await engine.ChangeAsync(
                (state, commit, now) =>
                {
                    state.Settle(one.State.NewestAttempt, isUnchanged, now, commit);
                    return true;
                },
                cancel);
        }
    }

    private async Task<bool> IsUnchangedAsync(Open open, CancellationToken cancel)
    {
        var definition = open.Workflow.State.Definition;
        var job = definition.Jobs[open.Position];
        var stored = await results.OfAsync(open.Workflow.State.Id, open.State.Id, cancel);
        if (!stored.Results.TryGetValue(open.State.Id, out var result) || result.Attempt != open.State.NewestAttempt)
        {
            return false;
        }

        var node = stored.Nodes[open.State.Id];
        var facts = await files.LookAsync(open.Workflow, job.InputFiles.Concat(job.OutputFiles), _ => node, stored.Contents, cancel);
        var all = new JobResult?[definition.Jobs.Count];
        all[open.Position] = result;
        var question = new RerunQuestion(
            definition, open.States, all, facts, open.Data, open.Workflow.Head.WorkingDirectory, RerunScope.Changed, new HashSet<int>(), EarlyCutoff: true);
        return RerunPlanner.IsUnchanged(question, open.Position);
    }

    /// <param name="Data">As it was when all that the job waits for had ended.</param>
    private sealed record Open(ActiveWorkflow Workflow, int Position, IReadOnlyList<JobState> States, IReadOnlyDictionary<string, string?> Data)
    {
        public JobState State => States[Position];
    }

    [LoggerMessage(251, LogLevel.Warning, "attempt={Attempt}: whether its result still counts could not be seen, so the job runs")]
    private partial void LogNotLookedAt(AttemptId attempt, Exception failure);
}
