namespace Torc.Benchmarks.Peers;

/// <summary>A job that any of the tools can run.</summary>
/// <param name="Command">Words without spaces, quotes and other signs that a shell would read.</param>
/// <param name="Inputs">Files that other jobs write, relative to the folder of the workload.</param>
/// <param name="Output">The file that it writes; null if it writes none.</param>
/// <param name="After">A job that has to have ended although it writes nothing for this one; null for none.</param>
/// <param name="Runtime">How long it is known to take; zero if nobody cares.</param>
internal sealed record PeerJob(string Name, string Command, IReadOnlyList<string> Inputs, string? Output = null, string? After = null, int Cpus = 1, TimeSpan Runtime = default)
{
    /// <summary>What a tool that knows of files calls it.</summary>
    public string Target => Output ?? Name;

    public IEnumerable<string> WaitsFor => After is null ? Inputs : Inputs.Append(After);
}
