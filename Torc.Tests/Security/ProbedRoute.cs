using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Torc.Web.Security;

namespace Torc.Tests.Security;

/// <summary>One way to reach a server: a path without open parameters, and a method that it answers.</summary>
internal sealed record ProbedRoute(string Method, string Path)
{
    public bool IsLive => Path.StartsWith("/hubs", StringComparison.Ordinal) || Path.StartsWith("/_blazor", StringComparison.Ordinal);

    public bool IsAnonymous => AnonymousEndpoints.Routes.Contains(Path);

    public bool Reads => Method is "GET" or "HEAD";

    public override string ToString() => $"{Method} {Path}";

    /// <summary>Every endpoint of a server, with 1 for each parameter.</summary>
    public static IReadOnlyList<ProbedRoute> Of(IEnumerable<Endpoint> endpoints) =>
    [
        .. (from endpoint in endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } named ? named : ["GET", "POST"]
            where method is not ("OPTIONS" or "CONNECT")
            select new ProbedRoute(method, Fill(endpoint.RoutePattern))).Distinct(),
    ];

    private static string Fill(RoutePattern pattern) => "/" + string.Join(
        '/',
        pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "1",
        }))));
}
