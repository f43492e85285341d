using System.Globalization;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Finds requirements that no node that is known can meet: their jobs would wait for ever, or for a greater node.</summary>
internal sealed class NodeCheck(SpecProblems problems, BoundWorkflow workflow, IReadOnlyCollection<NodeCapacity> nodes)
{
    public void Check()
    {
        var seen = new HashSet<ResourceRequirements>();
        for (int position = 0; position < workflow.Jobs.Count; position++)
        {
            var job = workflow.Jobs[position];
            if (seen.Add(job.Needs) && WhyNot(job.Needs) is { } why)
            {
                var source = job.Source;
                var at = source.Find("resource_requirements") is { } requirements ? requirements.At : source.At;
                problems.Add(
                    DiagnosticCodes.NoSuchNode, Severity.Warning, source.Path["resource_requirements"].ToString(), at, $"{job.What} needs {why}",
                    "such jobs wait until a node that is large enough connects");
            }
        }
    }

    private string? WhyNot(ResourceRequirements needs)
    {
        if (!nodes.Any(node => node.HasLabelOf(needs)))
        {
            return $"a node with label {Quoting.Quote(needs.Label!)}; no node that is known has it";
        }

        // A scheduler's nodes come when they are asked for, so that nobody can say yet what they will be.
        var willing = nodes.Where(node => node.Accepts(needs)).ToList();
        if (willing.Count == 0 || willing.Exists(node => node.MaxParallelJobs is not null))
        {
            return null;
        }

        int cpus = willing.Max(node => node.Cpus);
        var memory = new MemorySize(willing.Max(node => node.Memory.Bytes));
        int gpus = willing.Max(node => node.Gpus);
        return needs.Cpus > cpus ? string.Create(CultureInfo.InvariantCulture, $"{needs.Cpus} CPUs; the largest node that is known has {cpus}")
            : needs.Memory > memory ? $"{needs.Memory} of memory; the largest node that is known has {memory}"
            : needs.Gpus > gpus ? string.Create(CultureInfo.InvariantCulture, $"{needs.Gpus} GPU{(needs.Gpus == 1 ? "" : "s")}; {(gpus == 0 ? "no node that is known has one" : $"the node that has most has {gpus}")}")
            : !willing.Exists(node => node.HasRoomFor(needs))
                ? string.Create(CultureInfo.InvariantCulture, $"{needs.Cpus} CPUs, {needs.Memory} of memory and {needs.Gpus} GPU{(needs.Gpus == 1 ? "" : "s")} on one node; no node that is known has all of it")
            : null;
    }
}
