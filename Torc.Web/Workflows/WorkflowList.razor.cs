using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>The workflows that the address asks for, a page of them, kept up to date while the page is open.</summary>
public sealed partial class WorkflowList(IWorkflowQueries queries, LiveFeed feed, NavigationManager navigation, TimeProvider time) : FollowingFeed(feed)
{
    public const int PageSize = 50;

    private static readonly (WorkflowColumn Column, string Words)[] Columns =
    [
        (WorkflowColumn.Status, "Status"),
        (WorkflowColumn.Name, "Name"),
        (WorkflowColumn.Id, "Id"),
        (WorkflowColumn.Project, "Project"),
        (WorkflowColumn.Run, "Run"),
        (WorkflowColumn.StartedAt, "Started"),
        (WorkflowColumn.Duration, "Duration"),
        (WorkflowColumn.User, "User"),
    ];

    private readonly Dictionary<WorkflowId, WorkflowView> _selected = [];

    /// <summary>How workflows that are not on this page were told to stand: while that stays, no list changes by them.</summary>
    private readonly Dictionary<WorkflowId, Standing> _elsewhere = [];

    private WorkflowQuestion _question = new(WorkflowFilter.None, WorkflowSort.NewestFirst);
    private string? _shown;
    private WorkflowSlice? _slice;
    private long _asked;
    private UploadSheet? _sheet;
    private WorkflowActions? _actions;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "status")]
    public string[]? Statuses { get; set; }

    [SupplyParameterFromQuery(Name = "project")]
    public string? Project { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    public string? User { get; set; }

    /// <summary>Those that were put away, instead of the others.</summary>
    [SupplyParameterFromQuery(Name = "archived")]
    public bool Archived { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? Page { get; set; }

    protected override WorkflowId? Watched => null;

    private IReadOnlyList<WorkflowView> Selected => [.. _selected.Values.OrderByDescending(workflow => workflow.Id.Value)];

    /// <summary>How many would be listed without the filter.</summary>
    private int Others => _question.Filter.Archived ? _slice!.Archived : _slice!.All;

    private int LastPage => Math.Max(1, (int)Math.Ceiling(_slice!.Matching / (double)PageSize));

    private bool IsAllSelected => _slice!.Workflows.Count > 0 && _slice.Workflows.All(workflow => _selected.ContainsKey(workflow.Id));

    protected override async Task OnParametersSetAsync()
    {
        // The first answer is on its way already: what is asked for here is another page of the same list.
        if (_shown is not null && _shown != Asked().Address)
        {
            try
            {
                await LoadAsync();
            }
            catch (OperationCanceledException) when (Closing.IsCancellationRequested)
            {
                // The page was closed.
            }
        }
    }

    protected override async Task<bool> TryLoadAsync()
    {
        await LoadAsync();
        return true;
    }

    protected override async Task TakeAsync(LiveBatch batch)
    {
        var rows = _slice!.Workflows.ToList();
        bool isMoved = batch.Deleted.Count > 0;
        foreach (var deleted in batch.Deleted)
        {
            _selected.Remove(deleted);
        }

        foreach (var workflow in batch.Workflows)
        {
            if (_selected.TryGetValue(workflow.Id, out var selected) && workflow.Replaces(selected))
            {
                _selected[workflow.Id] = workflow;
            }

            int row = rows.FindIndex(shown => shown.Id == workflow.Id);
            if (row < 0)
            {
                isMoved |= !_elsewhere.TryGetValue(workflow.Id, out var known) || known != Standing.Of(workflow);
                _elsewhere[workflow.Id] = Standing.Of(workflow);
            }
            else if (workflow.Replaces(rows[row]))
            {
                isMoved |= Standing.Of(rows[row]) != Standing.Of(workflow);
                rows[row] = workflow;
            }
        }

        _slice = _slice with { Workflows = rows };
        if (isMoved)
        {
            await LoadAsync();
        }
    }

    private WorkflowQuestion Asked() => WorkflowQuestion.Read(Text, Statuses, Project, User, Sort, Page, Archived);

    private async Task LoadAsync()
    {
        long asked = ++_asked;
        var question = Asked();
        _shown = question.Address;
        var slice = await SliceAsync(question);
        if (slice.Workflows.Count == 0 && slice.Matching > 0)
        {
            // There are fewer by now, or somebody typed a page that there is not.
            question = question with { Page = (int)Math.Ceiling(slice.Matching / (double)PageSize) };
            slice = await SliceAsync(question);
        }

        // An answer that was overtaken by a later question is not shown.
        if (asked == _asked)
        {
            (_question, _slice) = (question, slice);
        }
    }

    private Task<WorkflowSlice> SliceAsync(WorkflowQuestion question) =>
        queries.SliceAsync(question.Filter, question.Sort, (int)Math.Min(int.MaxValue, (question.Page - 1L) * PageSize), PageSize, time.GetUtcNow(), Closing);

    private void Go(WorkflowQuestion question) => navigation.NavigateTo(question.Address);

    private void Search(ChangeEventArgs typed) => Go(_question.With(_question.Filter with { Text = Typed(typed) }));

    private void ChooseProject(ChangeEventArgs chosen) => Go(_question.With(_question.Filter with { Project = Typed(chosen) }));

    private void ChooseUser(ChangeEventArgs chosen) => Go(_question.With(_question.Filter with { User = Typed(chosen) }));

    private void ChooseSort(ChangeEventArgs chosen) => Go(_question with { Sort = WorkflowSort.TryParse(Typed(chosen)) ?? WorkflowSort.NewestFirst, Page = 1 });

    private static string? Typed(ChangeEventArgs change) => change.Value is string { Length: > 0 } text ? text : null;

    private void Toggle(WorkflowView workflow)
    {
        if (!_selected.Remove(workflow.Id))
        {
            _selected[workflow.Id] = workflow;
        }
    }

    private void ToggleAll()
    {
        bool remove = IsAllSelected;
        foreach (var workflow in _slice!.Workflows)
        {
            if (remove)
            {
                _selected.Remove(workflow.Id);
            }
            else
            {
                _selected[workflow.Id] = workflow;
            }
        }
    }

    // What somebody typed into the address is shown too, though there is none of it.
    private static IEnumerable<string> Options(IReadOnlyList<string> known, string? chosen) => chosen is null || known.Contains(chosen) ? known : known.Append(chosen);

    private string? SortOf(WorkflowColumn column) => column != _question.Sort.Column ? null : _question.Sort.IsDescending ? "descending" : "ascending";

    private static string Address(WorkflowView workflow) => string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow.Id}");

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static StatusLook Look(WorkflowStatus status) => StatusLook.Of(status);

    /// <summary>What decides where a workflow stands in a list.</summary>
    private readonly record struct Standing(WorkflowStatus Status, int Run, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? ArchivedAt)
    {
        public static Standing Of(WorkflowView workflow) => new(workflow.Status, workflow.Run, workflow.StartedAt, workflow.EndedAt, workflow.ArchivedAt);
    }
}
