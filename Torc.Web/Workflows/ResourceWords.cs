using System.Globalization;
using Torc.Shared.Contracts;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;

namespace Torc.Web.Workflows;

/// <summary>What pages say about resources.</summary>
internal static class ResourceWords
{
    public static string Name(ResourceKind resource) => resource switch
    {
        ResourceKind.Memory => "memory",
        ResourceKind.Runtime => "time",
        _ => "CPUs",
    };

    public static string Requested(ResourceUseView use) => use is { Resource: ResourceKind.Memory, Requested: 0 } ? "none" : Amount(use.Resource, use.Requested);

    public static string Amount(ResourceKind resource, double amount) => resource switch
    {
        ResourceKind.Memory => new MemorySize((long)amount).ToString(),
        ResourceKind.Runtime => DurationText.Print(TimeSpan.FromSeconds(amount)),
        _ => Math.Round(amount, 2).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>How many CPUs a job used on the average; null if nobody saw, or if it was over at once.</summary>
    public static double? Cpus(JobUseView job) => job is { CpuTime: { } cpu, Took: { Ticks: > 0 } took } ? cpu / took : null;

    /// <summary>Such as <c>51 %</c>; a dash if there is nothing to compare with.</summary>
    public static string Share(TimeSpan part, TimeSpan of) => of > TimeSpan.Zero ? Percent(part / of) : "–";

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share)} %");

    /// <summary>Hours to three digits, such as <c>0.0114</c> or <c>1,250</c>.</summary>
    public static string CoreHours(TimeSpan cpu)
    {
        double hours = cpu.TotalHours;
        return hours == 0 ? "0" : hours >= 1_000
            ? hours.ToString("N0", CultureInfo.InvariantCulture)
            : Math.Round(hours, Math.Clamp(2 - (int)Math.Floor(Math.Log10(hours)), 0, 6)).ToString(CultureInfo.InvariantCulture);
    }
}
