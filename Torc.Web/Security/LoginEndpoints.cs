using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Web.Api;

namespace Torc.Web.Security;

/// <summary>One-time links: made by somebody who is known, opened by a browser that is not.</summary>
internal static class LoginEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AnonymousEndpoints.Health, (IServiceProvider services) => Results.Text(services.GetService<IsDegraded>()?.Invoke() is true ? "degraded" : "ok")).AllowAnonymous();
        routes.MapGet(AnonymousEndpoints.Login, OpenAsync).AllowAnonymous();
        routes.MapPost("/api/v1/login-codes", Create).WithTags("server").Produces<LoginLink>(StatusCodes.Status201Created).Describe("create_login_link", "Makes a link that opens the pages in a browser, once");
    }

    /// <summary>Exchanges the code for a cookie, and takes the browser to an address without the code.</summary>
    private static async Task OpenAsync(HttpContext context, LoginCodes codes, ServerInstance instance, string? code = null, string? to = null)
    {
        if (code is not null && codes.TryTake(code))
        {
            var token = new Claim(TorcAuthentication.TokenClaim, instance.Token.Fingerprint);
            await context.SignInAsync(TorcAuthentication.LinkScheme, TorcAuthentication.Owner("link", token));
        }
        else if (context.User.Identity is not { IsAuthenticated: true })
        {
            await Unauthenticated.WriteAsync(context, code is null ? Unauthenticated.Unknown : Unauthenticated.BadLink);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = context.Request.PathBase.ToUriComponent() + LocalPath.OrFront(to);
    }

    private static JsonHttpResult<LoginLink> Create(HttpRequest request, LoginCodes codes, [FromServices] PublicAddress? address)
    {
        var code = codes.Create();
        // Without a proxy, the host that the caller reached us by is the one that its browser reaches, also through a tunnel.
        return TypedResults.Json(new LoginLink(code.LinkAt(address?.Url ?? $"http://{request.Host}"), code.ExpiresAt), TorcJson.Default.LoginLink, statusCode: StatusCodes.Status201Created);
    }
}
