using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>All workflows, kept up to date while the page is open.</summary>
public sealed partial class WorkflowList(IWorkflowQueries queries, LiveFeed feed, NavigationManager navigation) : FollowingFeed(feed)
{
    private WorkflowShelf? _shelf;
    private UploadSheet? _sheet;

    protected override WorkflowId? Watched => null;

    protected override async Task<bool> TryLoadAsync()
    {
        _shelf = new WorkflowShelf(await queries.ListAsync(Closing));
        return true;
    }

    protected override Task TakeAsync(LiveBatch batch)
    {
        _shelf!.Apply(batch);
        return Task.CompletedTask;
    }

    private void Open(WorkflowView workflow) => navigation.NavigateTo(Address(workflow));

    private static string Address(WorkflowView workflow) => string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow.Id}");
}
