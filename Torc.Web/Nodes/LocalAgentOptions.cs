using System.ComponentModel.DataAnnotations;

namespace Torc.Web.Nodes;

/// <summary>The agent of the server's own machine: <c>TORC_AGENT__START</c>, <c>TORC_AGENT__CPUS</c>.</summary>
internal sealed class LocalAgentOptions
{
    /// <summary>Whether the server starts one; default true.</summary>
    public bool Start { get; init; } = true;

    /// <summary>How many CPUs it offers; default: all that it may use.</summary>
    [Range(1, 4096)]
    public int? Cpus { get; init; }

    /// <summary>How many jobs it runs at once, by count alone; default: as many as fit.</summary>
    [Range(1, 1_000_000)]
    [ConfigurationKeyName("max_parallel_jobs")]
    public int? MaxParallelJobs { get; init; }

    /// <summary>What jobs may ask for by name; default: none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
