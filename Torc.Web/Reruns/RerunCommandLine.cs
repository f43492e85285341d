using System.Globalization;
using System.Text;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows.Selection;

namespace Torc.Web.Reruns;

/// <summary>Writes a wish as one would type it, such as <c>torc rerun 12 --select work2 --only</c>.</summary>
public static class RerunCommandLine
{
    public static string Of(WorkflowId workflow, RerunRequest request)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"torc rerun {workflow}");
        switch (request.Scope)
        {
            case RerunScope.Selected or RerunScope.SelectedAndDownstream:
                foreach (string job in request.Jobs ?? [])
                {
                    text.Append(" --select ").Append(Quote(SelectionText.OfName(job)));
                }

                text.Append(request.Scope == RerunScope.Selected ? " --only" : "");
                break;
            case RerunScope.Changed:
                text.Append(" --changed");
                break;
            case RerunScope.All:
                text.Append(" --all");
                break;
            default:
                text.Append(" --failed");
                break;
        }

        AppendSets(text, request.Set ?? []);
        text.Append(request.EarlyCutoff switch { true => " --early-cutoff", false => " --early-cutoff=false", null => "" });
        return text.Append(request.StopRunning ? " --stop-running" : "").ToString();
    }

    /// <summary>Writes a wish to change what jobs ask for and to run nothing yet.</summary>
    public static string OfSet(WorkflowId workflow, IReadOnlyCollection<RequirementsChange> changes)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"torc resources {workflow}");
        AppendSets(text, changes);
        return text.ToString();
    }

    /// <summary>As a shell takes it for one word.</summary>
    public static string Quote(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ':' or '@' or '+' or '=')
            ? name
            : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void AppendSets(StringBuilder text, IEnumerable<RequirementsChange> changes)
    {
        foreach (var change in changes)
        {
            AppendSet(text, change, "memory", change.Memory);
            AppendSet(text, change, "runtime", change.Runtime);
            AppendSet(text, change, "cpus", change.Cpus?.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void AppendSet(StringBuilder text, RequirementsChange change, string what, string? value)
    {
        if (value is not null)
        {
            string set = $"{change.Job}.{what}={value}";
            text.Append(" --set").Append(set.StartsWith('-') ? '=' : ' ').Append(Quote(set));
        }
    }
}
