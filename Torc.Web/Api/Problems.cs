using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Documents;

namespace Torc.Web.Api;

/// <summary>Refusals as programs get them.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static JsonHttpResult<Problem> NotFound(string detail) => Refused(StatusCodes.Status404NotFound, "Not found", detail);

    /// <summary>The refusal to run a workflow that was put away.</summary>
    public static JsonHttpResult<Problem> Archived(long workflow) =>
        Refused(StatusCodes.Status409Conflict, "Archived", $"Workflow {workflow} is archived, so no run of it starts. Unarchive it first.");

    public static JsonHttpResult<Problem> BadSelection(string detail) => Refused(StatusCodes.Status422UnprocessableEntity, "Not a selection of jobs", detail);

    public static JsonHttpResult<Problem> Refused(int status, string title, string? detail = null, IReadOnlyList<Diagnostic>? errors = null) =>
        Answer(new Problem(title, status, detail, errors));

    public static JsonHttpResult<Problem> Answer(Problem problem) => TypedResults.Json(Named(problem), contentType: ContentType, statusCode: problem.Status);

    /// <summary>Answers where no endpoint does.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string? detail = null, string? code = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Named(new Problem(title, status, detail, Code: code)), TorcJson.Default.Problem, ContentType, context.RequestAborted);
    }

    private static Problem Named(Problem problem)
    {
        string code = problem.Code ?? CodeOf(problem.Status);
        return problem with { Code = code, Type = $"urn:torc:problem:{code}" };
    }

    // One for each kind of refusal; what is wrong with a spec has codes of its own, in the errors.
    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "TORC940",
        StatusCodes.Status401Unauthorized => "TORC941",
        StatusCodes.Status403Forbidden => "TORC943",
        StatusCodes.Status404NotFound => "TORC944",
        StatusCodes.Status409Conflict => "TORC949",
        StatusCodes.Status412PreconditionFailed => "TORC952",
        StatusCodes.Status413PayloadTooLarge => "TORC953",
        StatusCodes.Status422UnprocessableEntity => "TORC962",
        < StatusCodes.Status500InternalServerError => "TORC948",
        _ => "TORC990",
    };
}
