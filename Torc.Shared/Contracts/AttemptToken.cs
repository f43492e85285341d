namespace Torc.Shared.Contracts;

/// <summary>
/// What an attempt shows to the server: its job finds it as <c>TORC_TOKEN</c>. It opens the events and the user data of the attempt's
/// own workflow, and nothing else, for as long as the attempt is open.
/// </summary>
public static class AttemptToken
{
    /// <summary>Such a token is <c>attempt.JOB.NUMBER.SEAL</c>.</summary>
    public const string Prefix = "attempt.";

    public static bool IsOne(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);
}
