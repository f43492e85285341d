using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;
using Torc.Web.Live;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>What a person wants to know first: what needs attention and why, what runs, and where.</summary>
public sealed partial class Home(IWorkflowQueries queries, LiveFeed feed) : FollowingFeed(feed)
{
    private const int MostShown = 8;

    private HomeView? _home;

    /// <summary>How workflows that are not on this page were told to stand: while that stays, nothing on it changes by them.</summary>
    private readonly Dictionary<WorkflowId, Standing> _elsewhere = [];

    private ILookup<WorkflowId, FailureCount> _failures = Enumerable.Empty<FailureCount>().ToLookup(failure => failure.Workflow);

    /// <summary>The workflows of which <see cref="_failures"/> tells, as they were.</summary>
    private (WorkflowId Id, long Version)[] _explained = [];

    private UploadSheet? _sheet;

    protected override WorkflowId? Watched => null;

    protected override async Task<bool> TryLoadAsync()
    {
        await LoadAsync();
        return true;
    }

    protected override async Task TakeAsync(LiveBatch batch)
    {
        bool isMoved = batch.Deleted.Count > 0;
        foreach (var workflow in batch.Workflows)
        {
            if (Shown(workflow.Id) is not { } shown)
            {
                isMoved |= !_elsewhere.TryGetValue(workflow.Id, out var known) || known != Standing.Of(workflow);
                _elsewhere[workflow.Id] = Standing.Of(workflow);
            }
            else if (workflow.Replaces(shown))
            {
                isMoved |= Standing.Of(shown) != Standing.Of(workflow);
                _home = _home! with { Troubled = With(_home.Troubled, workflow), Running = With(_home.Running, workflow), Ended = With(_home.Ended, workflow) };
            }
        }

        await (isMoved ? LoadAsync() : ExplainAsync(_home!));
    }

    private async Task LoadAsync()
    {
        var home = await queries.HomeAsync(MostShown, Closing);
        await ExplainAsync(home);
        _home = home;
    }

    private async Task ExplainAsync(HomeView home)
    {
        (WorkflowId Id, long Version)[] shown = [.. home.Troubled.Select(workflow => (workflow.Id, workflow.Version))];
        if (!shown.SequenceEqual(_explained))
        {
            _explained = shown;
            _failures = (await queries.FailuresAsync([.. shown.Select(workflow => workflow.Id)], Closing)).ToLookup(failure => failure.Workflow);
        }
    }

    private WorkflowView? Shown(WorkflowId id) => _home!.Troubled.Concat(_home.Running).Concat(_home.Ended).FirstOrDefault(workflow => workflow.Id == id);

    private static IReadOnlyList<WorkflowView> With(IReadOnlyList<WorkflowView> workflows, WorkflowView newer) => [.. workflows.Select(workflow => workflow.Id == newer.Id ? newer : workflow)];

    /// <summary>Such as "2 jobs: out of memory (work2 and 1 more) · 1 job: exit 3 (gather)".</summary>
    private string Why(WorkflowView workflow)
    {
        string[] ways = [.. _failures[workflow.Id].Take(2).Select(failure =>
            $"{RerunWords.Jobs(failure.Count)}: {OutcomeText.ForPeople(failure.Outcome)} ({failure.Job}{(failure.Count > 1 ? $" and {RerunWords.Count(failure.Count - 1)} more" : "")})")];
        string more = Undecided(workflow) is > 0 and var open ? $"{RerunWords.Jobs(open)} {(open == 1 ? "waits" : "wait")} for your decision" : "";
        string[] parts = [.. ways, .. more.Length > 0 ? [more] : Array.Empty<string>()];
        int stopped = workflow.Counts.GetValueOrDefault(JobStatus.Terminated) + workflow.Counts.GetValueOrDefault(JobStatus.Canceled);
        return parts.Length > 0 ? string.Join(" · ", parts) : $"{RerunWords.Jobs(stopped)} {(stopped == 1 ? "was" : "were")} stopped before the end";
    }

    // One failed job is looked at by its log, many by the workflow.
    private (string Address, string Words) Next(WorkflowView workflow) => _failures[workflow.Id].ToArray() switch
    {
        [{ Count: 1 } only] => (WorkflowAddress.Of(workflow.Id, WorkflowTab.Graph, only.Job), "See why"),
        _ => (WorkflowAddress.Of(workflow.Id, WorkflowTab.Jobs), "See the jobs"),
    };

    private static int Undecided(WorkflowView workflow) => workflow.Counts.GetValueOrDefault(JobStatus.PendingFailed);

    /// <summary>What decides whether and where a workflow stands on this page.</summary>
    private readonly record struct Standing(WorkflowStatus Status, int Run, bool IsUndecided, bool IsArchived)
    {
        public static Standing Of(WorkflowView workflow) => new(workflow.Status, workflow.Run, Undecided(workflow) > 0, workflow.ArchivedAt is not null);
    }
}
