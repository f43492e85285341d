using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Live;

namespace Torc.Web.Events;

/// <summary>The events of a workflow or of all, the newest first; new ones appear by themselves.</summary>
public sealed partial class EventList(IEventQueries queries, LiveFeed feed, NavigationManager navigation, TimeProvider time) : FollowingBell(feed, time)
{
    private const int PageSize = 200;

    /// <summary>Older ones give way to new ones, and are asked for again.</summary>
    private const int MostShown = 1_000;

    private readonly HashSet<string> _types = [];
    private (string?, string?, string?)? _asked;
    private EventFilter _filter = new();
    private List<EventView>? _events;
    private string? _problem;

    /// <summary>Up to which one new events have been looked at.</summary>
    private long _seen;

    /// <summary>Before which one older ones lie; null if there are none.</summary>
    private long? _older;

    private bool _isReading;

    /// <summary>Fixed for the life of the component; null for all workflows.</summary>
    [Parameter, EditorRequired]
    public WorkflowId? Workflow { get; set; }

    /// <summary>Whether each event says of which workflow it is, as where the page is not about one.</summary>
    [Parameter]
    public bool NamesWorkflow { get; set; }

    /// <summary>What else the page asks for; stands before what is asked for here.</summary>
    [Parameter]
    public RenderFragment? MoreFilters { get; set; }

    /// <summary>Whether <see cref="MoreFilters"/> leave any out.</summary>
    [Parameter]
    public bool HasMoreFilters { get; set; }

    /// <summary>See <see cref="EventFilter.Type"/>.</summary>
    [Parameter]
    public string? Type { get; set; }

    /// <summary>The name of a job.</summary>
    [Parameter]
    public string? Job { get; set; }

    /// <summary>See <see cref="DataCondition"/>.</summary>
    [Parameter]
    public string? Data { get; set; }

    protected override WorkflowId? Heard => Workflow;

    private bool IsFiltered => HasMoreFilters || _asked is not (null, null, null);

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Given(Type), Given(Job), Given(Data));
        if (asked == _asked)
        {
            return;
        }

        _asked = asked;
        _problem = null;
        var condition = asked.Item3 is { } text ? DataCondition.TryParse(text) : null;
        if (asked.Item3 is not null && condition is null)
        {
            (_events, _older) = ([], null);
            _problem = $"“{asked.Item3}” is no condition: write a field, one of = != < <= > >=, and a value, such as loss<0.2.";
            return;
        }

        _filter = new EventFilter(asked.Item1, asked.Item2, Data: condition is null ? null : [condition]);
        try
        {
            var filter = _filter;
            var page = await queries.PageAsync(Workflow, filter, from: 0, PageSize, newestFirst: true, Closing);
            if (filter == _filter)
            {
                (_events, _older, _seen) = ([.. page.Events], page.Next, page.Events is [var newest, ..] ? Place(newest) : page.Next is null ? 0 : page.Seen);
                Note(page.Events);
            }
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    protected override async Task CatchUpAsync()
    {
        var filter = _filter;
        for (long? next = _seen; next is { } from && _events is not null && _problem is null;)
        {
            var page = await queries.PageAsync(Workflow, filter, from, PageSize, newestFirst: false, Closing);
            if (filter != _filter)
            {
                return;
            }

            _seen = page.Seen;
            next = page.Next;
            _events.InsertRange(0, page.Events.Reverse());
            Note(page.Events);
            if (_events.Count > MostShown)
            {
                _events.RemoveRange(MostShown, _events.Count - MostShown);
                _older = Place(_events[^1]);
            }
        }
    }

    private async Task ReadOlderAsync()
    {
        if (_isReading || _older is not { } older)
        {
            // Pressed twice.
            return;
        }

        _isReading = true;
        var filter = _filter;
        var page = await queries.PageAsync(Workflow, filter, older, PageSize, newestFirst: true, Closing);
        _isReading = false;
        if (filter == _filter)
        {
            _events!.AddRange(page.Events);
            _older = page.Next;
            Note(page.Events);
        }
    }

    private long Place(EventView one) => Workflow is null ? one.Id : one.Number;

    private void Note(IEnumerable<EventView> events) => _types.UnionWith(events.Select(one => one.Type));

    private void Ask(string name, ChangeEventArgs typed) => navigation.NavigateTo(navigation.GetUriWithQueryParameter(name, Given(typed.Value as string)));

    private void ShowAll() => navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["workflow"] = null, ["type"] = null, ["job"] = null, ["data"] = null }));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
