using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;

namespace Torc.Agent.Client;

/// <summary>What nodes and jobs use now, as two tables.</summary>
internal static class UsageText
{
    public static readonly string[] NodeHeadings = ["NODE", "CPU", "MEMORY", "GPU", "JOBS"];
    public static readonly string[] JobHeadings = ["WORKFLOW", "JOB", "NODE", "CPU", "MEMORY", "GPU", "PROCESSES", "TIME"];

    private const string Unknown = "-";

    public static IEnumerable<string[]> Nodes(UsageView usage) => usage.Nodes.Select(node => new[]
    {
        node.IsConnected ? node.Name : $"{node.Name} (not heard)",
        Percent(node.Now?.CpuPercent, node.Capacity.Cpus),
        node.Now is { } now ? $"{now.Memory} of {node.Capacity.Memory}" : Unknown,
        Percent(node.Now?.GpuPercent, node.Capacity.Gpus),
        node.Jobs.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>The busiest first.</summary>
    public static IEnumerable<string[]> Jobs(UsageView usage, DateTimeOffset at) => usage.Jobs.OrderByDescending(job => job.Now?.CpuPercent ?? -1).ThenBy(job => job.Id.Value).Select(job => new[]
    {
        $"{job.WorkflowId} {job.Workflow}",
        job.Name,
        job.Node,
        Percent(job.Now?.CpuPercent, job.Needs.Cpus),
        Memory(job),
        Percent(job.Now?.GpuPercent, job.Needs.Gpus),
        job.Now?.Processes.ToString(CultureInfo.InvariantCulture) ?? Unknown,
        job.StartedAt is { } from ? $"{Whole(at - from)} of {DurationText.Print(job.Needs.Runtime)}" : Unknown,
    });

    // 98 of 400 %: 100 is one CPU, or one GPU.
    private static string Percent(double? used, int granted) =>
        used is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0} of {100 * granted} %") : Unknown;

    private static string Memory(JobUsageView job) => job switch
    {
        { Now: null } => Unknown,
        { Needs.Memory.Bytes: 0 } => job.Now.Memory.ToString(),
        _ => $"{job.Now.Memory} of {job.Needs.Memory}",
    };

    private static string Whole(TimeSpan time) => DurationText.Print(TimeSpan.FromSeconds(Math.Max(0, Math.Floor(time.TotalSeconds))));
}
