using System.Globalization;

namespace Torc.Shared.Jobs;

/// <summary>Names one workflow. Never reused.</summary>
public readonly record struct WorkflowId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
