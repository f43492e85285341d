namespace Torc.Shared.Metrics;

/// <summary>What jobs of one requirement class asked for and used of one resource.</summary>
/// <param name="Requested">In the unit of the resource; 0 if they ask for none.</param>
/// <param name="Median">Half of the jobs used no more.</param>
/// <param name="Most95">19 of 20 jobs used no more.</param>
/// <param name="Most">What the job used that used most.</param>
/// <param name="Jobs">How many were measured, at least 1.</param>
/// <param name="Runs">In how many runs of the workflow.</param>
/// <param name="Suggested">What they should ask for; null if what they ask for is right.</param>
/// <param name="IsWeak">Whether the suggestion stands on fewer than three jobs.</param>
/// <param name="Effect">What the suggestion would bring, in words; null without one.</param>
public sealed record ResourceUse(
    ResourceKind Resource, double Requested, double Median, double Most95, double Most, int Jobs, int Runs, double? Suggested, bool IsWeak, string? Effect);
