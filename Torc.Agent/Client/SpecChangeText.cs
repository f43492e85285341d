using System.Globalization;
using Torc.Shared.Contracts;

namespace Torc.Agent.Client;

/// <summary>What another spec changes, as the command line shows it.</summary>
internal static class SpecChangeText
{
    /// <summary>Ends with a line break.</summary>
    public static string Of(SpecChangeView change)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"version {change.Version}{(change.IsApplied ? "" : " (not stored)")}"),
        };
        lines.AddRange(change.Added.Select(name => $"+ {name}"));
        lines.AddRange(change.Removed.Select(name => $"- {name}"));
        lines.AddRange(change.Changed.Select(job => $"~ {job.Name}: {string.Join(", ", job.What)}"));
        lines.AddRange(change.Renames.Select(job => $"? {job.New} does what {job.Old} did; if it is the same job, add --rename {job.Old}:{job.New}"));
        if (lines.Count == 1)
        {
            lines.Add("no job is changed by it");
        }

        if (change is { IsRunning: true, IsApplied: false })
        {
            lines.Add("the workflow runs: its spec can be changed when it has ended");
        }

        return string.Join('\n', lines) + "\n";
    }
}
