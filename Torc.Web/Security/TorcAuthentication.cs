using System.Security.Claims;
using Torc.Shared.Jobs;

namespace Torc.Web.Security;

/// <summary>The names under which people and programs are known after they proved who they are.</summary>
internal static class TorcAuthentication
{
    /// <summary>The scheme of every request: token, then uid, then cookie.</summary>
    public const string Scheme = "torc";

    /// <summary>The cookie that a one-time link is exchanged for.</summary>
    public const string LinkScheme = "torc-link";

    /// <summary>How the user was recognised: <c>uid</c>, <c>token</c> or <c>link</c>.</summary>
    public const string MeansClaim = "torc:means";

    /// <summary>Which attempt it is that asks, such as <c>12.1</c>; the owner has no such claim.</summary>
    public const string AttemptClaim = "torc:attempt";

    /// <summary>Under which token a cookie was given: it ends with that token.</summary>
    public const string TokenClaim = "torc:token";

    public static ClaimsPrincipal Attempt(AttemptId attempt) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, $"attempt {attempt}"), new Claim(MeansClaim, "attempt"), new Claim(AttemptClaim, attempt.ToString())], Scheme));

    /// <summary>The attempt that asks; null if it is somebody else.</summary>
    public static AttemptId? AttemptOf(ClaimsPrincipal user) =>
        user.FindFirst(AttemptClaim) is { } claim && AttemptId.TryParse(claim.Value, out var attempt) ? attempt : null;

    public static ClaimsPrincipal Owner(string means, params IEnumerable<Claim> more) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, "owner"), new Claim(MeansClaim, means), .. more], Scheme));
}
