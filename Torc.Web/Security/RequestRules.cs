using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Torc.Web.Security;

/// <summary>
/// Which requests may come near this server at all, whoever sends them. A browser on this machine passes the check of
/// the uid whatever site it shows, so each request must also prove that one of our own pages, a person or a program
/// sent it. Every rule is a list of what is allowed; what is unknown, doubled or malformed is refused.
/// </summary>
internal static class RequestRules
{
    private static readonly FrozenSet<string> Methods = FrozenSet.Create(StringComparer.Ordinal, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private static readonly FrozenSet<string> HostNames = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "localhost", "127.0.0.1", "[::1]");

    /// <summary>
    /// None of these can be sent by another site's page without a preflight, which is refused. Hence no text/plain, no
    /// form and no multipart.
    /// </summary>
    private static readonly FrozenSet<string> BodyTypes = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "application/json",
        "application/json5",
        "application/kdl",
        "application/vnd.torc.commands",
        "application/yaml",
        "application/x-yaml",
        "text/yaml");

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>A hub, a circuit, or the opening of either: a line that stays open and carries orders, whatever its method.</summary>
    public static bool IsLive(HttpRequest request) =>
        request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
        || request.Path.Value?.EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase) is true
        || request.Headers.ContainsKey("Upgrade");

    /// <param name="address">Where a proxy offers this server, if one does.</param>
    /// <returns>Null when the request may pass.</returns>
    public static Refusal? Judge(HttpRequest request, PublicAddress? address)
    {
        bool isPublic = address?.IsAskedBy(request) is true;
        if (!isPublic && !IsOwnHost(request.Headers.Host))
        {
            return Refusal.Host;
        }

        // No OPTIONS: only a preflight asks it, and the answer to every preflight is no.
        if (!Methods.Contains(request.Method))
        {
            return Refusal.Method;
        }

        bool isLive = IsLive(request);
        bool reads = request.Method is "GET" or "HEAD";
        if (!IsFromOwnSite(request, reads && !isLive))
        {
            return Refusal.Site;
        }

        // Not request.Scheme, which a forwarded header may change: without a proxy this version speaks http only.
        if (!IsFromOwnOrigin(request, isPublic ? address!.Origin : $"http://{request.Headers.Host}"))
        {
            return Refusal.Origin;
        }

        // SignalR's own requests are text/plain, and the rules above have judged them.
        return isLive || IsAcceptedBody(request) ? null : Refusal.BodyType;
    }

    /// <summary>
    /// Against DNS rebinding: a page of evil.example that made its name lead here still says <c>Host: evil.example</c>.
    /// Any port is right, because with <c>ssh -L 9000:localhost:8080</c> the browser says <c>localhost:9000</c>, and
    /// since only the name tells a rebound page from ours. A page of another server on this machine is told by its
    /// Origin, which must equal this Host to the port.
    /// </summary>
    private static bool IsOwnHost(StringValues hosts)
    {
        if (hosts is not [{ Length: > 0 } host])
        {
            return false;
        }

        int nameEnd = host.StartsWith('[') ? host.IndexOf(']') + 1 : host.IndexOf(':');
        if (nameEnd < 0 || nameEnd == host.Length)
        {
            return HostNames.Contains(host);
        }

        return HostNames.Contains(host[..nameEnd])
            && host[nameEnd] == ':'
            && ushort.TryParse(host.AsSpan(nameEnd + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            && port != 0;
    }

    /// <summary>
    /// Browsers say with <c>Sec-Fetch-Site</c> who asks; programs leave it out. <c>none</c> is a person: an address
    /// typed, a bookmark, a link in a terminal.
    /// </summary>
    /// <param name="mayNavigate">A link on another site may lead to a page of ours, in a tab of its own, and no further.</param>
    private static bool IsFromOwnSite(HttpRequest request, bool mayNavigate)
    {
        if (!request.Headers.TryGetValue("Sec-Fetch-Site", out var sites))
        {
            return true;
        }

        return sites switch
        {
            ["same-origin" or "none"] => true,
            ["cross-site" or "same-site"] => mayNavigate
                && request.Method is "GET"
                && request.Headers["Sec-Fetch-Mode"] is ["navigate"]
                && request.Headers["Sec-Fetch-Dest"] is ["document"],
            _ => false,
        };
    }

    /// <summary>An Origin is asked of nobody, but where there is one it must be ours, whatever the method; <c>null</c> is nobody's.</summary>
    private static bool IsFromOwnOrigin(HttpRequest request, string own)
    {
        if (!request.Headers.TryGetValue("Origin", out var origins))
        {
            return true;
        }

        return origins is [{ } origin] && string.Equals(origin, own, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAcceptedBody(HttpRequest request)
    {
        bool hasBody = request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
        return hasBody || request.Headers.ContainsKey("Content-Type")
            ? request.Headers.ContentType is [{ } type] && BodyTypes.Contains(type.Split(';', 2)[0].Trim())
            : true;
    }
}
