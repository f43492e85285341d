using Microsoft.AspNetCore.Authorization;

namespace Torc.Web.Security;

/// <summary>Who may ask what.</summary>
internal static class AccessPolicies
{
    /// <summary>The owner, and attempts. An endpoint that lets attempts in says so, and sees to it that each gets no more than its own.</summary>
    public const string AttemptToo = "attempt-too";

    /// <summary>The owner alone: what holds where nothing else is said.</summary>
    public static AuthorizationPolicy Owner { get; } =
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(context => !context.User.HasClaim(claim => claim.Type == TorcAuthentication.AttemptClaim)).Build();

    public static AuthorizationPolicy OwnerOrAttempt { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
}
