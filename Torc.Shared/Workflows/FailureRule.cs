namespace Torc.Shared.Workflows;

/// <summary>What a failure handler does about some failures.</summary>
/// <param name="ExitCodes">Those that it is for.</param>
/// <param name="MatchesAll">Whether it is for every failure for which no rule names the exit code.</param>
/// <param name="RecoveryScript">For a shell; runs before the command of the next attempt; null for none.</param>
/// <param name="MaxRetries">How often the job may run again in one run; none if it is below 1.</param>
public sealed record FailureRule(IReadOnlyList<int> ExitCodes, bool MatchesAll, string? RecoveryScript, int MaxRetries)
{
    /// <summary>Of a rule that does not say it.</summary>
    public const int DefaultMaxRetries = 3;
}
