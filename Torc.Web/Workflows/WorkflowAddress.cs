using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>Addresses of the pages of one workflow, relative to the base of the site.</summary>
internal static class WorkflowAddress
{
    /// <param name="job">The name of the job that is selected; null if none is.</param>
    public static string Of(WorkflowId workflow, WorkflowTab tab = WorkflowTab.Graph, string? job = null)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow}{(tab == WorkflowTab.Graph ? "" : $"/{Name(tab)}")}");
        return job is null || tab is not (WorkflowTab.Graph or WorkflowTab.Jobs) ? path : $"{path}?job={Uri.EscapeDataString(job)}";
    }

    public static string Name(WorkflowTab tab) => tab.ToString().ToLowerInvariant();
}
