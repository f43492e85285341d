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

    private WorkflowShelf? _shelf;
    private ILookup<WorkflowId, FailureCount> _failures = Enumerable.Empty<FailureCount>().ToLookup(failure => failure.Workflow);

    /// <summary>The workflows of which <see cref="_failures"/> tells, as they were.</summary>
    private (WorkflowId Id, long Version)[] _explained = [];

    private UploadSheet? _sheet;

    /// <summary>Those that a person has to look at, the latest first.</summary>
    private IReadOnlyList<WorkflowView> Troubled { get; set; } = [];

    private IReadOnlyList<WorkflowView> Running { get; set; } = [];

    private IReadOnlyList<WorkflowView> Ended { get; set; } = [];

    protected override WorkflowId? Watched => null;

    protected override async Task<bool> TryLoadAsync()
    {
        var shelf = new WorkflowShelf(await queries.ListAsync(Closing));
        await SortAsync(shelf);
        _shelf = shelf;
        return true;
    }

    protected override Task TakeAsync(LiveBatch batch)
    {
        _shelf!.Apply(batch);
        return SortAsync(_shelf);
    }

    private async Task SortAsync(WorkflowShelf shelf)
    {
        Running = [.. shelf.Workflows.Where(workflow => workflow.Status == WorkflowStatus.Running)];
        Troubled = [.. shelf.Workflows.Where(workflow => workflow.Status == WorkflowStatus.Failed || Undecided(workflow) > 0).OrderByDescending(workflow => workflow.EndedAt ?? workflow.StartedAt)];
        Ended = [.. shelf.Workflows.Where(workflow => workflow.EndedAt is not null).OrderByDescending(workflow => workflow.EndedAt)];
        (WorkflowId Id, long Version)[] shown = [.. Troubled.Take(MostShown).Select(workflow => (workflow.Id, workflow.Version))];
        if (!shown.SequenceEqual(_explained))
        {
            _explained = shown;
            _failures = (await queries.FailuresAsync([.. shown.Select(workflow => workflow.Id)], Closing)).ToLookup(failure => failure.Workflow);
        }
    }

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
}
