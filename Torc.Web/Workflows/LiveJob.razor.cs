using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;
using Torc.Web.Live;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>One job, kept up to date while the page is open.</summary>
public sealed partial class LiveJob(IWorkflowQueries workflows, IJobQueries jobs, LiveFeed feed) : FollowingFeed(feed)
{
    private WorkflowBoard? _board;
    private WorkflowDefinition? _definition;
    private JobDetails? _details;
    private bool _isMissing;
    private RerunDialog? _rerun;
    private IReadOnlyList<JobView> _all = [];

    /// <summary>Fixed for the life of the component, as is the name: the page keys it with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    /// <summary>The name of the job, or its number.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public bool AsLog { get; set; }

    /// <summary>Which attempt's log; null for the newest.</summary>
    [Parameter]
    public int? Attempt { get; set; }

    /// <summary>Which log: stdout unless it says stderr.</summary>
    [Parameter]
    public string? Stream { get; set; }

    protected override WorkflowId? Watched => Workflow;

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            await ReadDefinitionAsync();
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // As above.
        }
    }

    protected override async Task<bool> TryLoadAsync()
    {
        if (await workflows.FindAsync(Workflow, Closing) is not { } workflow || await FindAsync() is not { } details)
        {
            _isMissing = true;
            return false;
        }

        _details = details;
        _board = new WorkflowBoard(workflow, [details.Job]);
        return true;
    }

    // The jobs beside it are of interest only now: some of them may run.
    private async Task OpenRerunAsync()
    {
        if (WorkflowHeader.CanRerun(_board!.Workflow))
        {
            _all = await workflows.JobsAsync(Workflow, Closing);
            await _rerun!.OpenAsync(RerunScope.SelectedAndDownstream, [_board.Jobs[0].Name]);
        }
    }

    private async Task<JobDetails?> FindAsync()
    {
        var named = await workflows.JobsAsync(Workflow, PageOf.All, [Name], Closing);
        JobId? id = named is [var one, ..] ? one.Id : long.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? new JobId(number) : null;
        return id is { } known && await jobs.FindAsync(known, Closing) is { } found && found.Workflow == Workflow ? found : null;
    }

    // The spec of a workflow with many jobs is long, and its log needs none of it.
    private async Task ReadDefinitionAsync()
    {
        if (!AsLog && _board is not null && _definition is null)
        {
            _definition = await workflows.DefinitionAsync(Workflow, Closing);
        }
    }

    protected override async Task TakeAsync(LiveBatch batch)
    {
        int spec = _board!.Workflow.SpecVersion;
        _board.Apply(batch);
        if (_board.Workflow.SpecVersion > spec)
        {
            // The job may stand elsewhere in it now, or in it no more.
            _definition = null;
            await TryLoadAsync();
            await ReadDefinitionAsync();
        }
        else if (_board.Jobs[0].Version != _details!.Job.Version)
        {
            _details = await jobs.FindAsync(_details.Job.Id, Closing) ?? _details;
        }
    }
}
