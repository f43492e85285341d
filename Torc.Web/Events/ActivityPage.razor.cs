using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Search;

namespace Torc.Web.Events;

/// <summary>The events of all workflows, or of the one that the address names.</summary>
public sealed partial class ActivityPage(ISearch search, NavigationManager navigation)
{
    private string? _asked;
    private bool _isRead;
    private WorkflowId? _workflow;
    private string? _problem;

    /// <summary>The number of a workflow, or its name: then the newest of that name is meant.</summary>
    [SupplyParameterFromQuery(Name = "workflow")]
    public string? Workflow { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    public string? Type { get; set; }

    [SupplyParameterFromQuery(Name = "job")]
    public string? Job { get; set; }

    [SupplyParameterFromQuery(Name = "data")]
    public string? Data { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (_isRead && _asked == Workflow)
        {
            return;
        }

        string? asked = Workflow;
        var found = string.IsNullOrWhiteSpace(asked) ? null : await FindAsync(asked.Trim());
        (_asked, _workflow, _isRead) = (asked, found, true);
        _problem = found is null && !string.IsNullOrWhiteSpace(asked) ? $"No workflow is called “{asked.Trim()}” or has this number, so these are the events of all." : null;
    }

    private async Task<WorkflowId?> FindAsync(string text)
    {
        var hits = await search.FindAsync(text, workflow: null, limit: 20, CancellationToken.None);
        return hits.FirstOrDefault(hit => hit is { Kind: SearchKind.Workflow, Rank: 0 }) is { Id: var id } ? new WorkflowId(id) : null;
    }

    private void Ask(ChangeEventArgs typed) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("workflow", string.IsNullOrWhiteSpace(typed.Value as string) ? null : ((string)typed.Value).Trim()));
}
