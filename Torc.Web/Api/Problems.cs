using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Documents;

namespace Torc.Web.Api;

/// <summary>Refusals as programs get them.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static JsonHttpResult<Problem> NotFound(string detail) => Refused(StatusCodes.Status404NotFound, "Not found", detail);

    public static JsonHttpResult<Problem> BadSelection(string detail) => Refused(StatusCodes.Status422UnprocessableEntity, "Not a selection of jobs", detail);

    public static JsonHttpResult<Problem> Refused(int status, string title, string? detail = null, IReadOnlyList<Diagnostic>? errors = null) =>
        TypedResults.Json(new Problem(title, status, detail, errors), contentType: ContentType, statusCode: status);

    /// <summary>Answers where no endpoint does.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string? detail = null, string? code = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Problem(title, status, detail, Code: code), TorcJson.Default.Problem, ContentType, context.RequestAborted);
    }
}
