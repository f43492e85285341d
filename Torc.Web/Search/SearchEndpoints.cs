using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;

namespace Torc.Web.Search;

/// <summary>Where the command palette asks.</summary>
internal static class SearchEndpoints
{
    private const int MaxLength = 200;
    private const int MostAtOnce = 100;

    public static void MapTorcSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/search", FindAsync).WithTags("search").Describe("search", "Finds workflows, jobs and nodes by name or number", 422);

    private static async Task<Results<Ok<IReadOnlyList<SearchHit>>, JsonHttpResult<Problem>>> FindAsync(
        ISearch search,
        CancellationToken cancel,
        [FromQuery(Name = "q"), Description("Words that the name has, or the number of a workflow. Without it the newest workflows.")] string? text = null,
        [Description("The number of a workflow: its jobs are looked through as well.")] long? workflow = null,
        [Description("At most so many, 1 to 100.")] int limit = 20)
    {
        if (limit is < 1 or > MostAtOnce || text?.Length > MaxLength)
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a question", $"limit is 1 to {MostAtOnce}, and q has at most {MaxLength} letters.");
        }

        return TypedResults.Ok(await search.FindAsync(text ?? "", workflow is { } id ? new WorkflowId(id) : null, limit, cancel));
    }
}
