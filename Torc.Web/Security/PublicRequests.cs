namespace Torc.Web.Security;

/// <summary>
/// Gives requests that come through the proxy of <see cref="PublicAddress"/> the address that people see, so that every link leads back
/// through it. Without such an address it does nothing.
/// </summary>
internal sealed class PublicRequests(RequestDelegate next, PublicAddress? address = null)
{
    private static readonly string[] Traces = ["Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix"];

    public Task InvokeAsync(HttpContext context)
    {
        if (address is null)
        {
            return next(context);
        }

        var request = context.Request;
        bool isPublic = address.IsAskedBy(request);
        if (isPublic)
        {
            request.Scheme = address.Scheme;
            request.PathBase = address.Prefix;
            // Some proxies take the prefix out of the path, some leave it there.
            if (request.Path.StartsWithSegments(address.Prefix, StringComparison.Ordinal, out var rest))
            {
                request.Path = rest.HasValue ? rest : "/";
            }
        }

        if (isPublic || Traces.Any(request.Headers.ContainsKey))
        {
            // The other end is the proxy. Whose program that is says nothing of the person before it, who shows a link or a token.
            context.Features.Set(new PeerUid(Uid: null, IsOwner: false));
        }

        return next(context);
    }
}
