using Xunit;

namespace Torc.Tests.Faults;

/// <summary>Real processes that are killed and stopped at moments that a seed has chosen. Runs alone, so that these moments are what the seed says.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CrashCollection
{
    public const string Name = "crashes";
}
