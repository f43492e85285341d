using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Events;

/// <summary>The user data of a workflow as they are, and what each of them was.</summary>
public sealed partial class UserDataTable(IUserDataQueries queries, LiveFeed feed, TimeProvider time) : FollowingBell(feed, time)
{
    // A stored null is a value as any other.
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement.Clone();

    private IReadOnlyList<UserDataView>? _values;
    private IReadOnlyList<UserDataValueView>? _history;
    private string? _open;

    /// <summary>Fixed for the life of the component.</summary>
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    protected override WorkflowId? Heard => Workflow;

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await CatchUpAsync();
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    protected override async Task CatchUpAsync()
    {
        _values = await queries.ListAsync(Workflow, Closing);
        if (_open is { } name)
        {
            _history = await queries.HistoryAsync(Workflow, name, Closing);
        }
    }

    private async Task OpenAsync(string name)
    {
        _history = null;
        _open = _open == name ? null : name;
        if (_open is not null)
        {
            _history = await queries.HistoryAsync(Workflow, name, Closing);
        }
    }

    private static string By(UserDataView one) => one switch
    {
        { Job: { } job } => $"{job}, attempt {one.Attempt}",
        { StoredAt: not null } => "from outside",
        { IsStored: true } => "the spec",
        _ => "–",
    };
}
