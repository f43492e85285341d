using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Schema;

namespace Torc.Shared.Specs;

/// <summary>Reads what a class of jobs needs.</summary>
internal static class RequirementsBinder
{
    /// <summary>Reads requirements that a job writes in place of a name; they may have a name, which means nothing.</summary>
    public static ResourceRequirements BindOwn(SpecObject source, Suggestions suggestions)
    {
        source.CheckKeys(SpecSchema.Requirements, suggestions);
        return Bind(source);
    }

    public static ResourceRequirements Bind(SpecObject source)
    {
        var absent = ResourceRequirements.Default;
        int cpus = source.RequireWhole("num_cpus", min: 1, max: int.MaxValue) ?? absent.Cpus;
        var memory = source.Require("memory") is { } amount ? Memory(source, amount) : null;
        int gpus = source.Whole("num_gpus", min: 0, max: int.MaxValue, absent.Gpus);
        int nodes = source.Whole("num_nodes", min: 1, max: int.MaxValue, absent.Nodes);
        var runtime = source.Find("runtime") is { } duration ? Runtime(source, duration) : null;
        return new ResourceRequirements(cpus, memory ?? absent.Memory, gpus, nodes, runtime ?? absent.Runtime);
    }

    private static MemorySize? Memory(SpecObject source, SpecNode value)
    {
        if (value is not SpecNode.Scalar { Kind: ScalarKind.Number or ScalarKind.Text } scalar)
        {
            source.WrongKind(value, source.Path["memory"], "memory", "an amount like 512m or 4g");
            return null;
        }

        var memory = MemoryText.TryParse(scalar.Text, out var problem);
        if (problem is not null)
        {
            source.Problems.Error(DiagnosticCodes.BadMemory, source.Path["memory"].ToString(), scalar.At, $"memory {problem.Message}", problem.Help);
        }
        else if (MemoryText.Clearer(scalar.Text) is { } clearer)
        {
            source.Problems.Add(
                DiagnosticCodes.DecimalMemoryUnit, Severity.Hint, source.Path["memory"].ToString(), scalar.At,
                $"memory \"{scalar.Text}\" is read as {memory}: units are powers of 1024", $"write {clearer}");
        }

        return memory;
    }

    private static TimeSpan? Runtime(SpecObject source, SpecNode value)
    {
        if (value is not SpecNode.Scalar { Kind: ScalarKind.Number or ScalarKind.Text } scalar)
        {
            source.WrongKind(value, source.Path["runtime"], "runtime", "a duration like 90m or 1h30m");
            return null;
        }

        var runtime = DurationText.TryParse(scalar.Text, out var problem);
        if (problem is not null)
        {
            source.Problems.Error(DiagnosticCodes.BadDuration, source.Path["runtime"].ToString(), scalar.At, $"runtime {problem.Message}", problem.Help);
        }

        return runtime;
    }
}
