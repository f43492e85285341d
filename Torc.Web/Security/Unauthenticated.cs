using System.Net;
using System.Text.Encodings.Web;
using Torc.Web.Api;

namespace Torc.Web.Security;

/// <summary>The answer to somebody this server does not know: a page for people, a problem for programs.</summary>
internal static class Unauthenticated
{
    public const string Unknown = "This server does not know you yet.";

    public const string BadLink = "This link has been used already, or is older than it may be.";

    public static Task WriteAsync(HttpContext context, string title)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        if (!IsForPeople(context.Request))
        {
            return Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, title);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Page(context.Request, title), context.RequestAborted);
    }

    private static bool IsForPeople(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !RequestRules.IsApi(request.Path)
        && !RequestRules.IsLive(request);

    private static string Page(HttpRequest request, string title)
    {
        // A browser keeps the strict cookie to itself when a link on another site, or in a mail, leads here. The same
        // address asked for by this page brings it; a stranger sees this page again, now without the repetition.
        bool cameFromElsewhere = HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
        string again = HtmlEncoder.Default.Encode(request.PathBase.ToUriComponent() + LocalPath.OrFront(request.Path.ToUriComponent() + request.QueryString.ToUriComponent()));
        string refresh = cameFromElsewhere && !request.Path.StartsWithSegments(AnonymousEndpoints.Login, StringComparison.OrdinalIgnoreCase) ? $"<meta http-equiv=\"refresh\" content=\"0;url={again}\">" : "";
        int port = request.HttpContext.Connection.LocalPort;
        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Torc: please open a link</title>
            {{refresh}}
            <style>
            body { font: 1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1.5rem; color-scheme: light dark; }
            code { padding: .1rem .35rem; border-radius: .25rem; background: rgba(127, 127, 127, .18); }
            </style>
            </head>
            <body>
            <main>
            <h1>{{WebUtility.HtmlEncode(title)}}</h1>
            <p>Torc runs commands as the person who started it, so it opens for that person only.</p>
            <p>If that is you, type <code>torc login</code> on the machine where Torc runs, and open the link it prints. The link works once, for a few minutes.</p>
            <p>From another computer, first open a tunnel to that machine as yourself, for example <code>ssh -L {{port}}:localhost:{{port}} NAME</code>. Through your own tunnel Torc often knows you without a link.</p>
            </main>
            </body>
            </html>
            """;
    }
}
