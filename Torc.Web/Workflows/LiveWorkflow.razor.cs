using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Graph;
using Torc.Web.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>One workflow, kept up to date while the page is open.</summary>
public sealed partial class LiveWorkflow(IWorkflowQueries queries, WorkflowShapes shapes, LiveFeed feed, NavigationManager navigation) : FollowingFeed(feed)
{
    private WorkflowBoard? _board;
    private WorkflowShape? _shape;
    private WorkflowDrawing? _drawing;
    private WorkflowHeader? _header;
    private JobTable? _table;
    private HashSet<int>? _found;
    private bool _isMissing;
    private bool _follows;

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

    /// <summary>What the graph shows.</summary>
    [Parameter]
    public GraphView View { get; set; } = new();

    /// <summary>The statuses that are looked for; empty for all.</summary>
    [Parameter]
    public IReadOnlySet<JobStatus> Wanted { get; set; } = new HashSet<JobStatus>();

    /// <summary>The name of the selected group; null if none is.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>The order of the cells if the selected group is shown as a grid; null if it is not.</summary>
    [Parameter]
    public string? GridOrder { get; set; }

    /// <summary>A search; only what it finds is shown. Null for everything.</summary>
    [Parameter]
    public string? Query { get; set; }

    /// <summary>Whether the chain of jobs that decides how long all takes stands out.</summary>
    [Parameter]
    public bool IsCritical { get; set; }

    private WorkflowTab Tab => AsRuns ? WorkflowTab.Runs : AsTable ? WorkflowTab.Jobs : WorkflowTab.Graph;

    private GraphPicture Picture => _shape!.Picture(View);

    // The graph and its table show the same.
    private Dictionary<string, object?> KeptQuery => new() { ["status"] = GraphAddress.Statuses(Wanted), ["q"] = Query };

    /// <summary>Null for all jobs.</summary>
    private IReadOnlyList<JobView>? Shown => Wanted.Count == 0 && _found is null
        ? null
        : [.. _board!.Jobs.Where(job => (Wanted.Count == 0 || Wanted.Contains(job.Status)) && _found?.Contains(job.Position) != false)];

    protected override WorkflowId? Watched => Workflow;

    protected override void OnParametersSet() => Search();

    protected override async Task<bool> TryLoadAsync()
    {
        while (await queries.FindAsync(Workflow, Closing) is { } workflow && await shapes.FindAsync(workflow, Closing) is { } shape)
        {
            var jobs = await queries.JobsAsync(Workflow, Closing);
            if (!jobs.Select(job => job.Name).SequenceEqual(shape.Definition.Jobs.Select(job => job.Name)))
            {
                // Between the questions the workflow has got another spec.
                shapes.Forget(Workflow, workflow.SpecVersion);
                continue;
            }

            _shape = shape;
            if (_board is null)
            {
                _board = new WorkflowBoard(workflow, jobs, shape.Groups);
            }
            else
            {
                _board.Begin(workflow, jobs, shape.Groups);
            }

            Search();
            return true;
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
        if (_found is not null)
        {
            Search();
        }
    }

    private JobHits Find(string text) => JobSearch.Find(_shape!.Definition, _board!.Jobs, text);

    private void Search() => _found = Query is null || _board is null || _shape is null ? null : Find(Query).Positions.ToHashSet();

    private JobGroup? SelectedGroup() => Group is null ? null : _shape!.Groups.Groups.FirstOrDefault(group => group.Name.Equals(Group, StringComparison.Ordinal));

    private JobGroup? GroupOf(JobView job) => _shape!.Groups.Groups[_shape.Groups.Of(job.Position)] is { Jobs.Count: > 1 } group ? group : null;

    private int GroupPosition(JobGroup group) => _shape!.Groups.Of(group.Jobs[0]);

    private string TableOf(JobGroup group) => navigation.GetUriWithQueryParameters(
        navigation.ToAbsoluteUri(WorkflowAddress.Of(Workflow, WorkflowTab.Jobs)).AbsoluteUri, new Dictionary<string, object?> { ["q"] = $"group:\"{group.Name}\"", ["status"] = GraphAddress.Statuses(Wanted) });

    // What has ended took what it took; of the rest nobody knows more than what it asks for.
    private IReadOnlyList<int> CriticalJobs() => IsCritical
        ? CriticalPath.Of(_shape!.Definition, job => _board!.Jobs[job] is { StartedAt: { } start, EndedAt: { } end } ? end - start : _shape.Definition.Jobs[job].Needs.Runtime)
        : [];

    private string? Notice()
    {
        var picture = Picture;
        if (picture.Nodes.Count == 0)
        {
            return View.Lens == GraphLens.Data ? "No job of this workflow stores or reads user data." : "This workflow has no jobs.";
        }

        if (View.Focus is { } focus && _board!.Find(focus.Job) is null)
        {
            return $"This workflow has no job named “{focus.Job}”: the whole workflow is shown.";
        }

        return picture.IsWhole
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(picture.Lens == View.Lens ? "More is drawn as groups" : "Only who waits for whom is drawn")}: all of it would be more than the {GraphPicture.MaxElements} nodes and lines that can be read.");
    }

    private void Select(string? job) => Go(("job", job));

    private void SelectGroup(string? group) => Go(("group", group), ("job", null), ("grid", group is null ? null : GridOrder));

    private void OpenGroup(string name)
    {
        var group = _shape!.Groups.Groups.First(group => group.Name.Equals(name, StringComparison.Ordinal));
        if (group.Jobs.Count > GraphPicture.MaxUnits)
        {
            Go(("group", name), ("grid", Graph.GridOrder.ByIndex), ("job", null));
            return;
        }

        Show(View with { Opened = [.. (View.Opened ?? []).Append(name).Distinct()], Closed = [.. (View.Closed ?? []).Where(closed => closed != name)] });
    }

    private void Arrange(string? order) => Go(("grid", order));

    private void Show(GraphView view) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(GraphAddress.Write(view)));

    private void FocusOn(JobView job) => Show(View with { Focus = new GraphFocus(job.Name, 1, 1) });

    private void Want(IReadOnlySet<JobStatus> statuses) => Go(("status", GraphAddress.Statuses(statuses)));

    private void Keep(string? query) => Go(("q", query));

    private void ClearFilter() => Go(("q", null), ("status", null));

    private void ShowCritical(bool isCritical) => Go(("critical", isCritical ? "true" : null));

    private async Task JumpAsync(string job)
    {
        Select(job);
        if (_board!.Find(job) is { } found && _drawing is not null)
        {
            await _drawing.ShowAsync(found.Position);
        }
    }

    private void Compare((int? Before, int? After) runs) => Go(("a", runs.Before), ("b", runs.After));

    private void Go(params (string Name, object? Value)[] parameters) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)));
}
