namespace Torc.Shared.Placement;

/// <summary>A requirement class that has waited in front for too long.</summary>
/// <param name="Head">The first of its jobs.</param>
/// <param name="Since">When the last one was started, or else when the first one became ready.</param>
public sealed record StarvedClass(ReadyJob Head, TimeSpan Since);
