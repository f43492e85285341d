using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>What each job asked for and used.</summary>
public sealed partial class ResourceJobs
{
    [Parameter, EditorRequired]
    public WorkflowId Workflow { get; set; }

    /// <summary>Those that are shown.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<JobUseView> Jobs { get; set; } = [];

    /// <summary>The class that they are of; empty for those that name none, null if they are all.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Somebody wants to see the jobs of every class.</summary>
    [Parameter]
    public EventCallback All { get; set; }
}
