using Microsoft.AspNetCore.Mvc;

namespace Torc.Web.Security;

/// <summary>Refusals in the form of RFC 9457.</summary>
internal static class Problems
{
    public static Task WriteAsync(HttpContext context, int status, string title)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Title = title },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }
}
