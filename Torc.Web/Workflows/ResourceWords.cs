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
}
