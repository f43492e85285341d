using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Security;
using Torc.Web.Workflows;

namespace Torc.Web.Events;

/// <summary>Where jobs and people store JSON values, and where they read them.</summary>
internal static class UserDataEndpoints
{
    public static void MapTorcUserData(this IEndpointRouteBuilder routes)
    {
        var data = routes.MapGroup("/api/v1/workflows/{id:long}/user_data")
            .WithTags("user_data")
            .RequireAuthorization(AccessPolicies.AttemptToo)
            .AddEndpointFilter<AttemptAccess>();
        data.MapGet("/", ListAsync).Describe("list_user_data", "Lists the user data of a workflow", 403, 404);
        data.MapGet("/{name}", FindAsync).Describe("get_user_data", "Reads a value", 403, 404);
        data.MapGet("/{name}/history", HistoryAsync).Describe("get_user_data_history", "Lists what each attempt stored last", 403, 404);
        data.MapPut("/{name}", StoreAsync).Describe("store_user_data", "Stores a value", 403, 404, 413, 422).AcceptsJson<JsonElement>();
    }

    private static async Task<Results<Ok<IReadOnlyList<UserDataView>>, JsonHttpResult<Problem>>> ListAsync(
        long id, UserDataQueries queries, IWorkflowQueries workflows, CancellationToken cancel) =>
        await workflows.FindAsync(new WorkflowId(id), cancel) is null
            ? Problems.NotFound($"There is no workflow {id}.")
            : TypedResults.Ok(await queries.ListAsync(new WorkflowId(id), cancel));

    private static async Task<Results<Ok<UserDataView>, JsonHttpResult<Problem>>> FindAsync(long id, string name, UserDataQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(new WorkflowId(id), name, cancel) is { } found ? TypedResults.Ok(found) : NoData(id, name);

    private static async Task<Results<Ok<IReadOnlyList<UserDataValueView>>, JsonHttpResult<Problem>>> HistoryAsync(
        long id, string name, UserDataQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(new WorkflowId(id), name, cancel) is null ? NoData(id, name) : TypedResults.Ok(await queries.HistoryAsync(new WorkflowId(id), name, cancel));

    private static async Task<Results<NoContent, Ok<DryRunView>, JsonHttpResult<Problem>>> StoreAsync(
        long id, string name, HttpContext context, UserDataQueries queries, WorkflowEngine engine, CancellationToken cancel, [FromQuery(Name = "dry_run"), Description("Only says what it would do.")] bool dryRun = false)
    {
        var (value, refusal) = await JsonBody.ReadAsync(context.Request, cancel);
        if (refusal is not null)
        {
            return refusal;
        }

        if (await queries.FindAsync(new WorkflowId(id), name, cancel) is null)
        {
            return NoData(id, name);
        }

        if (dryRun)
        {
            return TypedResults.Ok(new DryRunView($"The value would be stored as \"{name}\"."));
        }

        var by = AttemptAccess.OriginOf(context)?.Attempt;
        var post = await engine.ChangeAsync((state, commit, now) => state.StoreData(new WorkflowId(id), name, value.GetRawText(), by, now, commit), cancel);
        return post.Stored ? TypedResults.NoContent() : NoData(id, name);
    }

    private static JsonHttpResult<Problem> NoData(long id, string name) => Problems.NotFound($"Workflow {id} is not there, or its spec names no user data \"{name}\".");
}
