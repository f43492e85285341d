using Torc.Shared.Quantities;

namespace Torc.Shared.Contracts;

/// <summary>How a server is.</summary>
/// <param name="Status"><c>ok</c> or <c>degraded</c>.</param>
/// <param name="Detail">What is wrong and when it will be over; null if nothing is.</param>
/// <param name="Code">Such as <c>TORC901</c>; null if nothing is wrong.</param>
/// <param name="DiskFree">On the disk with the database.</param>
public sealed record HealthView(string Status, string? Detail, string? Code, MemorySize DiskFree, MemorySize DiskTotal);
