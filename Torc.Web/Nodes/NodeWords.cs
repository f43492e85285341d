using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;

namespace Torc.Web.Nodes;

/// <summary>What pages say about nodes.</summary>
internal static class NodeWords
{
    public static string Address(NodeView node) => string.Create(CultureInfo.InvariantCulture, $"nodes/{node.Id}");

    public static string Address(JobUsageView job) => string.Create(CultureInfo.InvariantCulture, $"workflows/{job.WorkflowId}?job={Uri.EscapeDataString(job.Name)}");

    public static string Count(double amount) => Math.Round(amount, 1).ToString(CultureInfo.InvariantCulture);

    public static string Bytes(double amount) => new MemorySize((long)amount).ToString();

    public static string Jobs(NodeView node) => node.Capacity.MaxParallelJobs is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{node.Jobs} of {most}")
        : node.Jobs.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which jobs it takes, such as "label bigmem, scheduler short, 2 h left".</summary>
    public static string Takes(NodeView node) => string.Join(
        ", ",
        [
            .. (node.Capacity.Labels ?? []).Select(label => $"label {label}"),
            .. node.Capacity.Scheduler is { } scheduler ? [$"scheduler {scheduler}"] : Array.Empty<string>(),
            .. node.Capacity.TimeLeft is { } left ? [$"{DurationText.Print(left)} left"] : Array.Empty<string>(),
        ]) is { Length: > 0 } words ? words : "all jobs";

    /// <summary>What the jobs that it was given are, by what is known of it.</summary>
    public static string JobsThere(NodeView node) => node.IsConnected ? "Jobs that run there" : "Jobs that were last seen running there";

    /// <summary>What is said of the time of its jobs: of one that nobody hears it is not known how long they have run.</summary>
    public static string Since(NodeView node) => node.IsConnected ? "Running for" : "Started";

    /// <summary>How it holds jobs to their memory.</summary>
    public static string Guard(NodeView node) => node.MemoryGuard switch
    {
        null => "not known until it is heard",
        MemoryGuard.Sampling => "by measuring, so that a fast one may go over its limit for a moment",
        _ => "by the kernel",
    };
}
