using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>A page of a workflow that does not show its jobs: its header, kept up to date, and what the page is about.</summary>
public sealed partial class WorkflowFrame(IWorkflowQueries queries, LiveFeed feed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private LiveWatch? _watch;
    private Task _following = Task.CompletedTask;
    private WorkflowView? _workflow;
    private bool _isMissing;

    /// <summary>Fixed for the life of the component: the page keys it with <c>@key</c>.</summary>
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    [Parameter, EditorRequired]
    public WorkflowTab Tab { get; set; }

    /// <summary>Shown with the workflow as it is now; another <see cref="WorkflowView.Version"/> says that something changed.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<WorkflowView> ChildContent { get; set; } = null!;

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
            _workflow = await queries.FindAsync(Workflow, _closing.Token);
            _isMissing = _workflow is null;
            if (!_isMissing)
            {
                _following = _watch.FollowAsync(batch => InvokeAsync(() => Take(batch)), _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed before it had anything to show.
        }
    }

    private void Take(LiveBatch batch)
    {
        if (batch.Workflows.LastOrDefault(workflow => workflow.Id == Workflow && workflow.Version > _workflow!.Version) is { } newer)
        {
            _workflow = newer;
            StateHasChanged();
        }
    }
}
