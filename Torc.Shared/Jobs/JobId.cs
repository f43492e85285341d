using System.Globalization;

namespace Torc.Shared.Jobs;

/// <summary>Names one job among all jobs of a server. Never reused.</summary>
public readonly record struct JobId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
