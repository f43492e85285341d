using System.Globalization;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Web.Jobs;

/// <summary>Says what a job asks for, such as <c>1 CPU, 512 MiB, up to 5 min</c>.</summary>
public static class RequirementsText
{
    public static string ForPeople(ResourceRequirements needs)
    {
        var parts = new List<string> { Count(needs.Cpus, "CPU") };
        if (needs.Gpus > 0)
        {
            parts.Add(Count(needs.Gpus, "GPU"));
        }

        if (needs.Memory.Bytes > 0)
        {
            parts.Add(needs.Memory.ToString());
        }

        if (needs.Nodes > 1)
        {
            parts.Add(Count(needs.Nodes, "node"));
        }

        parts.Add($"up to {DurationText.Print(needs.Runtime)}");
        if (needs.Label is { } label)
        {
            parts.Add($"label {label}");
        }

        if (needs.Scheduler is { } scheduler)
        {
            parts.Add($"scheduler {scheduler}");
        }

        return string.Join(", ", parts);
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
