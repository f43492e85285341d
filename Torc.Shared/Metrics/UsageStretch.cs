namespace Torc.Shared.Metrics;

/// <summary>Points of a time series that lie next to each other, as one.</summary>
/// <param name="At">When the first of them was taken.</param>
/// <param name="Points">How many there are, at least 1.</param>
public sealed record UsageStretch(DateTimeOffset At, int Points, UsageLevels Mean, UsageLevels Lowest, UsageLevels Highest);
