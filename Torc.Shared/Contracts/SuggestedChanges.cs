using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Workflows;

namespace Torc.Shared.Contracts;

/// <summary>What suggestions mean for each job.</summary>
public static class SuggestedChanges
{
    /// <summary>
    /// Names all jobs of a class, also those that were not measured: then the class itself is changed, and not one job after the other
    /// taken out of it.
    /// </summary>
    public static IReadOnlyList<NeedsChange> Of(WorkflowDefinition workflow, IEnumerable<ResourceUseView> uses)
    {
        var changes = new List<NeedsChange>();
        foreach (var ofClass in uses.Where(use => use.Suggested is not null).GroupBy(use => (use.Class, use.Needs)))
        {
            var memory = Suggested(ofClass, ResourceKind.Memory) is { } bytes ? new MemorySize((long)bytes) : (MemorySize?)null;
            var runtime = Suggested(ofClass, ResourceKind.Runtime) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            changes.AddRange(workflow.Jobs
                .Where(job => !job.IsAction && job.RequirementsName == ofClass.Key.Class && job.Needs == ofClass.Key.Needs)
                .Select(job => new NeedsChange(job.Name, memory, runtime, (int?)Suggested(ofClass, ResourceKind.Cpus))));
        }

        return changes;
    }

    private static double? Suggested(IEnumerable<ResourceUseView> uses, ResourceKind resource) => uses.FirstOrDefault(use => use.Resource == resource)?.Suggested;
}
