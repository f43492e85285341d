using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>A page of a workflow that does not show its jobs: its header, kept up to date, and what the page is about.</summary>
public sealed partial class WorkflowFrame(IWorkflowQueries queries, LiveFeed feed) : FollowingFeed(feed)
{
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

    protected override WorkflowId? Watched => Workflow;

    protected override async Task<bool> TryLoadAsync()
    {
        _workflow = await queries.FindAsync(Workflow, Closing);
        _isMissing = _workflow is null;
        return !_isMissing;
    }

    protected override Task TakeAsync(LiveBatch batch)
    {
        _workflow = batch.Workflows.LastOrDefault(workflow => workflow.Id == Workflow && workflow.Replaces(_workflow!)) ?? _workflow;
        return Task.CompletedTask;
    }
}
