using Torc.Shared.Quantities;

namespace Torc.Web.Data;

/// <summary>How full a disk is, for this user.</summary>
internal sealed record DiskSpace(MemorySize Free, MemorySize Total)
{
    // 12 MiB free of 50 GiB
    public override string ToString() => $"{Free} free of {Total}";
}
