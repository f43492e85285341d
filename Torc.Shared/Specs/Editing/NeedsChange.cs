using Torc.Shared.Quantities;

namespace Torc.Shared.Specs.Editing;

/// <summary>What a job is to ask for from now on.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Memory">Null leaves it as it is, as with the runtime and the CPUs.</param>
public sealed record NeedsChange(string Job, MemorySize? Memory, TimeSpan? Runtime, int? Cpus = null);
