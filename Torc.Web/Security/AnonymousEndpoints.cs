using Microsoft.AspNetCore.Authorization;

namespace Torc.Web.Security;

/// <summary>
/// Everything that answers a stranger. A test holds every endpoint of the server against this list; a longer list
/// needs a reason beside the route.
/// </summary>
internal static class AnonymousEndpoints
{
    /// <summary>So that a supervisor can ask whether the server lives. Says <c>ok</c> or <c>degraded</c>, and nothing else.</summary>
    public const string Health = "/healthz";

    /// <summary>Where a one-time link leads: its code is the credential.</summary>
    public const string Login = "/login";

    public static readonly IReadOnlyList<string> Routes = [Health, Login];

    /// <summary>The endpoints that would let a stranger in without being on the list.</summary>
    public static IEnumerable<string> NotOnList(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        let route = (endpoint as RouteEndpoint)?.RoutePattern.RawText
        where route is null || !Routes.Contains("/" + route.TrimStart('/'))
        select route ?? endpoint.DisplayName ?? "an endpoint without a name";
}
