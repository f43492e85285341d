using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Events;

/// <summary>The user data of a workflow as they are, and what each of them was.</summary>
public sealed partial class UserDataTable(IUserDataQueries queries, LiveFeed feed, TimeProvider time) : IAsyncDisposable
{
    // A stored null is a value as any other.
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement.Clone();

    private readonly CancellationTokenSource _closing = new();
    private EventBell? _bell;
    private Task _following = Task.CompletedTask;
    private IReadOnlyList<UserDataView>? _values;
    private IReadOnlyList<UserDataValueView>? _history;
    private string? _open;

    /// <summary>Fixed for the life of the component.</summary>
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _bell?.Dispose();
        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Heard before it is read, so that nothing falls in between. Whoever stores a value posts an event too.
        _bell = feed.Listen(Workflow);
        try
        {
            await ReadAsync();
            _following = FollowAsync();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                await _bell!.WaitAsync(_closing.Token);
                await InvokeAsync(async () =>
                {
                    await ReadAsync();
                    StateHasChanged();
                });
                await Task.Delay(LiveWatch.Pace, time, _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private async Task ReadAsync()
    {
        _values = await queries.ListAsync(Workflow, _closing.Token);
        if (_open is { } name)
        {
            _history = await queries.HistoryAsync(Workflow, name, _closing.Token);
        }
    }

    private async Task OpenAsync(string name)
    {
        _history = null;
        _open = _open == name ? null : name;
        if (_open is not null)
        {
            _history = await queries.HistoryAsync(Workflow, name, _closing.Token);
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
