using System.Security.Claims;

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

    /// <summary>Under which token a cookie was given: it ends with that token.</summary>
    public const string TokenClaim = "torc:token";

    public static ClaimsPrincipal Owner(string means, params IEnumerable<Claim> more) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, "owner"), new Claim(MeansClaim, means), .. more], Scheme));
}
