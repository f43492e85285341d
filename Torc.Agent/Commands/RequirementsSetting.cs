using System.Globalization;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary>What a job is to ask for, as it is typed: <c>work2.memory=450m</c>. Names of jobs may have dots.</summary>
internal static class RequirementsSetting
{
    /// <returns>Null if it is written in another way.</returns>
    public static RequirementsChange? Read(string typed)
    {
        int equals = typed.IndexOf('=', StringComparison.Ordinal);
        int dot = equals < 0 ? -1 : typed.LastIndexOf('.', equals);
        if (dot <= 0 || equals == typed.Length - 1)
        {
            return null;
        }

        var change = new RequirementsChange(typed[..dot]);
        string value = typed[(equals + 1)..];
        return typed[(dot + 1)..equals] switch
        {
            "memory" => change with { Memory = value },
            "runtime" => change with { Runtime = value },
            "cpus" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int cpus) && cpus > 0 => change with { Cpus = cpus },
            _ => null,
        };
    }

    /// <summary>One change for each job, of those that are written as they should be; what is given last counts.</summary>
    /// <returns>Null for none.</returns>
    public static IReadOnlyList<RequirementsChange>? ReadAll(IReadOnlyCollection<string> typed)
    {
        var changes = new Dictionary<string, RequirementsChange>();
        foreach (var read in typed.Select(Read).OfType<RequirementsChange>())
        {
            var known = changes.GetValueOrDefault(read.Job) ?? read;
            changes[read.Job] = known with { Memory = read.Memory ?? known.Memory, Runtime = read.Runtime ?? known.Runtime, Cpus = read.Cpus ?? known.Cpus };
        }

        return changes.Count == 0 ? null : [.. changes.Values];
    }
}
