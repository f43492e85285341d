using System.Globalization;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Web.Workflows;

/// <summary>What a workflow is, for as long as no job of it is selected, and how to read its picture.</summary>
public sealed partial class WorkflowSummary
{
    [Parameter, EditorRequired]
    public WorkflowView Workflow { get; set; } = null!;

    [Parameter, EditorRequired]
    public WorkflowDefinition Definition { get; set; } = null!;

    /// <summary>What the address asks for and the workflow does not have; null if all is well.</summary>
    [Parameter]
    public string? UnknownJob { get; set; }

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
