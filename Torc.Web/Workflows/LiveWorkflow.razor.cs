using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Graph;
using Torc.Web.Live;
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
    private bool _isAskedToStop;

    /// <summary>Fixed for the life of the component: the page keys it with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    /// <summary>The name of the selected job; null if none is.</summary>
    [Parameter]
    public string? Job { get; set; }

    [Parameter]
    public bool AsTable { get; set; }

    private bool IsTable => AsTable || _picture is null;

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
            var workflow = await queries.FindAsync(Workflow, _closing.Token);
            var definition = await queries.DefinitionAsync(Workflow, _closing.Token);
            if (workflow is null || definition is null)
            {
                _isMissing = true;
                return;
            }

            _picture = GraphPicture.TryDraw(definition);
            _board = new WorkflowBoard(workflow, await queries.JobsAsync(Workflow, _closing.Token));
            _definition = definition;
            _following = FollowAsync(_watch, _board);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed before it had anything to show.
        }
    }

    private Task FollowAsync(LiveWatch watch, WorkflowBoard board) => watch.FollowAsync(
        batch => InvokeAsync(() =>
        {
            board.Apply(batch);
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
        _isAskedToStop = false;
        var answer = await _api!.AskAsync<ApiAnswer>("post", string.Create(CultureInfo.InvariantCulture, $"api/v1/workflows/{Workflow}/stop"));
        _refusal = answer.Refusal("The workflow was not stopped.");
    }

    private void Select(string? job) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("job", job));

    private void ShowAs(string? view) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("view", view));
}
