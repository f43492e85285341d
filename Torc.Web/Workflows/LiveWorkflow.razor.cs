using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Graph;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>One workflow, kept up to date while the page is open.</summary>
public sealed partial class LiveWorkflow(IWorkflowQueries queries, LiveFeed feed, NavigationManager navigation) : FollowingFeed(feed)
{
    private WorkflowBoard? _board;
    private WorkflowDefinition? _definition;
    private GraphPicture? _picture;
    private bool _isMissing;
    private WorkflowHeader? _header;

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

    private WorkflowTab Tab => AsRuns ? WorkflowTab.Runs : IsTable ? WorkflowTab.Jobs : WorkflowTab.Graph;

    private bool IsTable => !AsRuns && (AsTable || _picture is null);

    protected override WorkflowId? Watched => Workflow;

    protected override async Task<bool> TryLoadAsync()
    {
        while (await queries.FindAsync(Workflow, Closing) is { } workflow && await queries.DefinitionAsync(Workflow, Closing) is { } definition)
        {
            var jobs = await queries.JobsAsync(Workflow, Closing);
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

        _isMissing = true;
        return false;
    }

    protected override async Task TakeAsync(LiveBatch batch)
    {
        // Another spec may have other jobs and edges: the store has had them since before this was told.
        if (batch.Workflows.Any(workflow => workflow.Id == Workflow && workflow.SpecVersion > _board!.Workflow.SpecVersion))
        {
            await TryLoadAsync();
        }

        _board!.Apply(batch);
    }

    private void Select(string? job) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("job", job));

    private void Compare((int? Before, int? After) runs) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["a"] = runs.Before, ["b"] = runs.After }));
}
