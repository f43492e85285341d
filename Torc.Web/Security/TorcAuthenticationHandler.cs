using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Torc.Web.Api;

namespace Torc.Web.Security;

/// <summary>
/// Recognises the owner by <c>Authorization: Bearer TOKEN</c>, by the uid at the other end of the connection, or by
/// the cookie from a one-time link; an attempt by its own token. Nothing in a URL but the code of that link opens anything.
/// </summary>
internal sealed class TorcAuthenticationHandler(
    ServerInstance instance,
    AttemptTokens attempts,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Who shows credentials is judged by them: a wrong token is an error to be told, even to the owner.
        if (Request.Headers.TryGetValue("Authorization", out var credentials))
        {
            string? token = credentials is [{ } only] && only.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? only[Bearer.Length..].Trim() : null;
            return token is not null && instance.Token.Matches(token)
                ? Known(TorcAuthentication.Owner("token"))
                : token is not null && attempts.Read(token) is { } attempt
                    ? Known(TorcAuthentication.Attempt(attempt))
                    : AuthenticateResult.Fail("The credentials are not those of this server.");
        }

        return Context.Features.Get<PeerUid>() is { IsOwner: true } ? Known(TorcAuthentication.Owner("uid")) : await Context.AuthenticateAsync(TorcAuthentication.LinkScheme);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Unauthenticated.WriteAsync(Context, Unauthenticated.Unknown);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(
        Context,
        StatusCodes.Status403Forbidden,
        "This is not yours to do.",
        TorcAuthentication.AttemptOf(Context.User) is null ? null : "The token of an attempt opens the events and the user data of its own workflow. Unset TORC_TOKEN to act as yourself.");

    private static AuthenticateResult Known(ClaimsPrincipal who) => AuthenticateResult.Success(new AuthenticationTicket(who, TorcAuthentication.Scheme));
}
