using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Graph;
using Torc.Web.Live;
using Torc.Web.Reruns;
using Torc.Web.Shell;

namespace Torc.Web.Workflows;

/// <summary>One workflow, kept up to date while the page is open.</summary>
public sealed partial class LiveWorkflow(IWorkflowQueries queries, LiveFeed feed, NavigationManager navigation, IJSRuntime js) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private LiveWatch? _watch;
    private Task _following = Task.CompletedTask;
    private JsModule? _api;
    private WorkflowBoard? _board;
    private WorkflowDefinition? _definition;
    private GraphPicture? _picture;
    private string? _refusal;
    private bool _isMissing;
    private bool _isStarting;
    private int? _askedToStop;
    private RerunDialog? _rerun;

    /// <summary>Fixed for the life of the component: the page keys it with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Job { get; set; }

    [Parameter]
    public bool AsTable { get; set; }

    /// <summary>Shows its runs in place of its jobs.</summary>
    [Parameter]
    public bool AsRuns { get; set; }

    /// <summary>Two runs to compare, by their numbers.</summary>
    [Parameter]
    public int? Before { get; set; }

    [Parameter]
    public int? After { get; set; }

    private bool IsTable => !AsRuns && (AsTable || _picture is null);

    private bool CanRerun => _board is { Workflow.Status: not WorkflowStatus.Uninitialized };

    // The question is about one run: another one is not stopped by its answer.
    private bool IsAskedToStop => _board is { Workflow.Status: WorkflowStatus.Running } && _askedToStop == _board.Workflow.Run;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _watch?.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _api = new JsModule(js, Assets["js/api.js"]);
        _watch = feed.Watch(Workflow);
        try
        {
            _isMissing = !await TryLoadAsync();
            if (!_isMissing)
            {
                _following = FollowAsync(_watch);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed before it had anything to show.
        }
    }

    private async Task<bool> TryLoadAsync()
    {
        while (await queries.FindAsync(Workflow, _closing.Token) is { } workflow && await queries.DefinitionAsync(Workflow, _closing.Token) is { } definition)
        {
            var jobs = await queries.JobsAsync(Workflow, _closing.Token);
            // Between the questions the workflow may have got another spec.
            if (jobs.Select(job => job.Name).SequenceEqual(definition.Jobs.Select(job => job.Name)))
            {
                (_definition, _picture) = (definition, GraphPicture.TryDraw(definition));
                if (_board is null)
                {
                    _board = new WorkflowBoard(workflow, jobs);
                }
                else
                {
                    _board.Begin(workflow, jobs);
                }

                return true;
            }
        }

        return false;
    }

    private Task FollowAsync(LiveWatch watch) => watch.FollowAsync(
        batch => InvokeAsync(async () =>
        {
            // Another spec may have other jobs and edges: the store has had them since before this was told.
            if (batch.Workflows.Any(workflow => workflow.Id == Workflow && workflow.SpecVersion > _board!.Workflow.SpecVersion))
            {
                await TryLoadAsync();
            }

            _board!.Apply(batch);
            StateHasChanged();
        }),
        _closing.Token);

    private async Task StartAsync()
    {
        _isStarting = true;
        var answer = await _api!.AskAsync<ApiAnswer>("post", string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow}/start"));
        _isStarting = false;
        _refusal = answer.Refusal("The workflow was not started.");
    }

    private async Task StopAsync()
    {
        _askedToStop = null;
        var answer = await _api!.AskAsync<ApiAnswer>("post", string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow}/stop"));
        _refusal = answer.Refusal("The workflow was not stopped.");
    }

    private WorkflowStep NextStep(WorkflowView workflow)
    {
        int unfinished = Unfinished(workflow);
        return workflow.Status switch
        {
            WorkflowStatus.Uninitialized => new WorkflowStep("run", "Run", IsMain: true, StartAsync),
            WorkflowStatus.Running => new WorkflowStep("stop", "Stop", IsMain: false, AskToStopAsync),
            _ when unfinished > 0 => new WorkflowStep("rerun", $"Rerun failed ({RerunWords.Count(unfinished)})", IsMain: true, OpenFailedAsync),
            _ => new WorkflowStep("rerun", "Rerun…", IsMain: false, OpenChangedAsync),
        };
    }

    private Task AskToStopAsync()
    {
        _askedToStop = _board!.Workflow.Run;
        return Task.CompletedTask;
    }

    private Task OpenFailedAsync() => OpenRerunAsync(RerunScope.Failed);

    private Task OpenChangedAsync() => OpenRerunAsync(RerunScope.Changed);

    private Task OpenDownstreamAsync() => OpenRerunAsync(RerunScope.SelectedAndDownstream);

    private Task OnRerunKeyAsync() => (CanRerun, _board?.Find(Job), Unfinished(_board!.Workflow)) switch
    {
        (false, _, _) => Task.CompletedTask,
        (_, not null, _) => OpenDownstreamAsync(),
        (_, _, > 0) => OpenFailedAsync(),
        _ => OpenChangedAsync(),
    };

    private Task OpenRerunAsync(RerunScope scope) => _rerun!.OpenAsync(scope, _board!.Find(Job) is { } selected ? [selected.Name] : []);

    private static int Unfinished(WorkflowView workflow) =>
        new[] { JobStatus.Failed, JobStatus.Canceled, JobStatus.Terminated }.Sum(status => workflow.Counts.GetValueOrDefault(status));

    private void Select(string? job) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("job", job));

    private void ShowAs(string? view) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["view"] = view, ["a"] = null, ["b"] = null }));

    private void Compare((int? Before, int? After) runs) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["a"] = runs.Before, ["b"] = runs.After }));
}
