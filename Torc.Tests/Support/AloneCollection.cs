using Xunit;

namespace Torc.Tests.Support;

/// <summary>Tests that take every CPU for a while, or that are about time: they run one after the other, when the others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
