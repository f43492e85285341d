using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;
using Torc.Web.Engine;

namespace Torc.Web.Events;

/// <summary>Where jobs and people leave events and user data.</summary>
internal static class EventEndpoints
{
    private const int MaxTypeLength = 255;
    private const int MaxKeyLength = 64;

    public static void MapTorcEvents(this IEndpointRouteBuilder routes)
    {
        var workflow = routes.MapGroup("/api/v1/workflows/{id:long}");
        workflow.MapGet("/events", EventsAsync);
        workflow.MapPost("/events", PostAsync);
        workflow.MapGet("/user_data", UserDataAsync);
        workflow.MapPut("/user_data/{name}", StoreAsync);
    }

    private static async Task<Ok<IReadOnlyList<EventView>>> EventsAsync(long id, EventQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.EventsAsync(new WorkflowId(id), cancel));

    private static async Task<Ok<IReadOnlyList<UserDataView>>> UserDataAsync(long id, EventQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.UserDataAsync(new WorkflowId(id), cancel));

    private static async Task<Results<Created<EventView>, JsonHttpResult<Problem>>> PostAsync(long id, NewEvent posted, WorkflowEngine engine, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(posted.Type) || posted.Type.Length > MaxTypeLength || posted.Key?.Length > MaxKeyLength)
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not an event", $"type has 1 to {MaxTypeLength} characters, key at most {MaxKeyLength}");
        }

        string data = posted.Data is { } value ? value.GetRawText() : "null";
        var post = await engine.ChangeAsync(
            (_, commit, now) =>
            {
                var post = new EventPost(new WorkflowId(id), now, posted.Type, data, posted.Job, posted.Attempt, posted.Key);
                commit.Events.Add(post);
                return post;
            },
            cancel);
        return post.Number is { } number
            ? TypedResults.Created($"/api/v1/workflows/{id}/events", new EventView(number, post.At, post.Type, post.Data, post.Job, post.Attempt))
            : Problems.NotFound($"There is no workflow {id}.");
    }

    private static async Task<Results<NoContent, JsonHttpResult<Problem>>> StoreAsync(long id, string name, JsonElement value, WorkflowEngine engine, CancellationToken cancel)
    {
        var post = await engine.ChangeAsync(
            (state, commit, _) => state.StoreData(new WorkflowId(id), name, value.GetRawText(), commit),
            cancel);
        return post.Stored
            ? TypedResults.NoContent()
            : Problems.NotFound($"Workflow {id} is not there, or its spec names no user data \"{name}\".");
    }
}
