using Microsoft.AspNetCore.Components;
using Torc.Shared.Jobs;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

/// <summary>Stands where a workflow would, and says what became of it.</summary>
public sealed partial class MissingWorkflow(IWorkflowQueries queries)
{
    private DeletedWorkflow? _deleted;

    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    protected override async Task OnInitializedAsync() => _deleted = await queries.DeletedAsync(Workflow, CancellationToken.None);
}
