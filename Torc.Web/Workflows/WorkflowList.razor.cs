using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>All workflows, kept up to date while the page is open.</summary>
public sealed partial class WorkflowList(IWorkflowQueries queries, LiveFeed feed, NavigationManager navigation) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private LiveWatch? _watch;
    private Task _following = Task.CompletedTask;
    private WorkflowShelf? _shelf;
    private UploadSheet? _sheet;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _watch?.Dispose();
        _closing.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _watch = feed.Watch(workflow: null);
        try
        {
            var shelf = new WorkflowShelf(await queries.ListAsync(_closing.Token));
            _shelf = shelf;
            _following = FollowAsync(_watch, shelf);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The page was closed before it had anything to show.
        }
    }

    private Task FollowAsync(LiveWatch watch, WorkflowShelf shelf) => watch.FollowAsync(
        batch => InvokeAsync(() =>
        {
            shelf.Apply(batch);
            StateHasChanged();
        }),
        _closing.Token);

    private void Open(WorkflowView workflow) => navigation.NavigateTo(Address(workflow));

    private static string Address(WorkflowView workflow) => string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow.Id}");
}
