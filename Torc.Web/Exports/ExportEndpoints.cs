using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;

namespace Torc.Web.Exports;

/// <summary>A workflow as one document.</summary>
internal static class ExportEndpoints
{
    public static void AddTorcExports(this IServiceCollection services) => services.AddSingleton<ExportQueries>();

    public static void MapTorcExports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/workflows/{id:long}/export", ExportAsync)
            .WithTags("workflows")
            .Describe("export_workflow", "Writes a workflow with all that is known of it but its logs and samples", 404);

    private static async Task<Results<Ok<WorkflowExport>, JsonHttpResult<Problem>>> ExportAsync(long id, HttpResponse response, ExportQueries queries, CancellationToken cancel)
    {
        if (await queries.FindAsync(new WorkflowId(id), cancel) is not { } export)
        {
            return Problems.NotFound($"There is no workflow {id}.");
        }

        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = $"{export.Workflow.Name}-{id}.torc.json" }.ToString();
        return TypedResults.Ok(export);
    }
}
