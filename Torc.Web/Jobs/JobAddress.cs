using System.Globalization;
using System.Text;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>Addresses of the pages of one job, relative to the base of the site.</summary>
internal static class JobAddress
{
    /// <summary>The name of the tab that shows a log.</summary>
    public const string Log = "log";

    public static string Of(WorkflowId workflow, JobId job, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"workflows/{workflow}/jobs/{(CanStandInAddress(name) ? Uri.EscapeDataString(name) : job)}");

    /// <param name="stream">Null for what is shown first.</param>
    /// <param name="attempt">Null for the newest.</param>
    public static string OfLog(WorkflowId workflow, JobId job, string name, int? attempt, string? stream)
    {
        var address = new StringBuilder(Of(workflow, job, name)).Append("?tab=").Append(Log);
        if (attempt is not null)
        {
            address.Append(CultureInfo.InvariantCulture, $"&attempt={attempt}");
        }

        return (stream is null ? address : address.Append("&stream=").Append(stream)).ToString();
    }

    // What servers and browsers take for a folder; the number of the job stands in for such a name.
    private static bool CanStandInAddress(string name) => name is not ("." or "..") && !name.AsSpan().ContainsAny("/\\%");
}
