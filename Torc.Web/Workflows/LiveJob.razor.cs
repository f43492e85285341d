using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>One job, kept up to date while the page is open.</summary>
public sealed partial class LiveJob(IWorkflowQueries workflows, IJobQueries jobs, LiveFeed feed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private LiveWatch? _watch;
    private Task _following = Task.CompletedTask;
    private WorkflowBoard? _board;
    private WorkflowDefinition? _definition;
    private JobDetails? _details;
    private bool _isMissing;

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

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _watch?.Dispose();
        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _watch = feed.Watch(Workflow);
        try
        {
            _isMissing = !await TryLoadAsync();
            if (!_isMissing)
            {
                _following = _watch.FollowAsync(batch => InvokeAsync(() => TakeAsync(batch)), _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed before it had anything to show.
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            await ReadDefinitionAsync();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // As above.
        }
    }

    private async Task<bool> TryLoadAsync()
    {
        if (await workflows.FindAsync(Workflow, _closing.Token) is not { } workflow || await FindAsync() is not { } details)
        {
            return false;
        }

        _details = details;
        _board = new WorkflowBoard(workflow, [details.Job]);
        return true;
    }

    private async Task<JobDetails?> FindAsync()
    {
        var named = await workflows.JobsAsync(Workflow, PageOf.All, [Name], _closing.Token);
        JobId? id = named is [var one, ..] ? one.Id : long.TryParse(Name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? new JobId(number) : null;
        return id is { } known && await jobs.FindAsync(known, _closing.Token) is { } found && found.Workflow == Workflow ? found : null;
    }

    // The spec of a workflow with many jobs is long, and its log needs none of it.
    private async Task ReadDefinitionAsync()
    {
        if (!AsLog && _board is not null && _definition is null)
        {
            _definition = await workflows.DefinitionAsync(Workflow, _closing.Token);
        }
    }

    private async Task TakeAsync(LiveBatch batch)
    {
        int spec = _board!.Workflow.SpecVersion;
        _board.Apply(batch);
        if (_board.Workflow.SpecVersion > spec)
        {
            // The job may stand elsewhere in it now, or in it no more.
            _definition = null;
            _isMissing = !await TryLoadAsync();
            await ReadDefinitionAsync();
        }
        else if (_board.Jobs[0].Version != _details!.Job.Version)
        {
            _details = await jobs.FindAsync(_details.Job.Id, _closing.Token) ?? _details;
        }

        StateHasChanged();
    }
}
