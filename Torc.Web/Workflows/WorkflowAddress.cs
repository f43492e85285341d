using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>Addresses of the pages of one workflow, relative to the base of the site.</summary>
internal static class WorkflowAddress
{
    /// <param name="job">The name of the job that is selected; null if none is.</param>
    /// <param name="kept">More parameters of graph and table; those without a value are left out.</param>
    public static string Of(WorkflowId workflow, WorkflowTab tab = WorkflowTab.Graph, string? job = null, IReadOnlyDictionary<string, object?>? kept = null)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow}{(tab == WorkflowTab.Graph ? "" : $"/{Name(tab)}")}");
        string[] parameters = tab is WorkflowTab.Graph or WorkflowTab.Jobs
            ? [.. (kept ?? new Dictionary<string, object?>()).Prepend(new("job", job)).Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Key}={Uri.EscapeDataString($"{parameter.Value}")}")]
            : [];
        return parameters.Length == 0 ? path : $"{path}?{string.Join('&', parameters)}";
    }

    public static string Name(WorkflowTab tab) => tab.ToString().ToLowerInvariant();
}
