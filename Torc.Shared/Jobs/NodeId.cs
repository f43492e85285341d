using System.Globalization;

namespace Torc.Shared.Jobs;

/// <summary>Names one compute node. An agent that comes back with its spool folder gets the same one.</summary>
public readonly record struct NodeId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
