namespace Torc.Shared.Metrics;

/// <summary>One point of a time series, at the node's time.</summary>
public readonly record struct UsagePoint(DateTimeOffset At, UsageLevels Levels);
