namespace Torc.Web.Security;

/// <summary>Says on every response what a browser may do with it.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Styles may be inline because MudBlazor writes them; scripts never.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'";

    private const string Cors = "Access-Control-";

    public Task InvokeAsync(HttpContext context)
    {
        // Set as the last thing before the response starts, so that no handler can take them back: this callback is
        // registered first and therefore runs last.
        context.Response.OnStarting(Set, context);
        return next(context);
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.Remove("Server");
        foreach (string cors in headers.Keys.Where(name => name.StartsWith(Cors, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            headers.Remove(cors);
        }

        if (RequestRules.IsApi(context.Request.Path) || RequestRules.IsLive(context.Request) || context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
