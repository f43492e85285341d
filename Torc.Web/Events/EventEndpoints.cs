using System.ComponentModel;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Security;
using Torc.Web.Workflows;

namespace Torc.Web.Events;

/// <summary>Where jobs and people leave events, and where they are read.</summary>
internal static class EventEndpoints
{
    private const int MaxTypeLength = 255;
    private const int MaxKeyLength = 64;
    private const int MostAtOnce = 1_000;

    public static void MapTorcEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/api/v1/workflows/{id:long}/events")
            .WithTags("events")
            .RequireAuthorization(AccessPolicies.AttemptToo)
            .AddEndpointFilter<AttemptAccess>();
        events.MapGet("/", PageAsync).Describe("list_events", "Lists the events of a workflow", 403, 404, 422);
        events.MapGet("/stream", StreamAsync).Describe("stream_events", "Follows the events of a workflow, as server-sent events", 403, 404, 422);
        routes.MapGet("/api/v1/events", AllAsync).WithTags("events").Describe("list_all_events", "Lists the events of all workflows", 422);
        routes.MapHub<WatchHub>(HubPaths.Watch);
        events.MapPost("/", PostAsync).Describe("post_event", "Posts an event", 403, 404, 413, 422).AcceptsJson<NewEvent>();
    }

    private static async Task<Results<Ok<IReadOnlyList<EventView>>, JsonHttpResult<Problem>>> PageAsync(
        long id,
        [AsParameters] EventQuestion question,
        HttpContext context,
        EventQueries queries,
        IWorkflowQueries workflows,
        CancellationToken cancel,
        [Description("At most so many, 1 to 1,000.")] int limit = 100,
        [Description("The number of an event: only those after it, or before it in the other order. The link to the next page has it.")] long cursor = 0,
        [Description("number, or -number for the newest first.")] string sort = "number")
    {
        return await workflows.FindAsync(new WorkflowId(id), cancel) is null
            ? NoWorkflow(id)
            : await AnswerAsync(new WorkflowId(id), question, context, queries, limit, cursor, sort, cancel);
    }

    private static Task<Results<Ok<IReadOnlyList<EventView>>, JsonHttpResult<Problem>>> AllAsync(
        [AsParameters] EventQuestion question,
        HttpContext context,
        EventQueries queries,
        CancellationToken cancel,
        [Description("At most so many, 1 to 1,000.")] int limit = 100,
        [Description("The id of an event: only those after it, or before it in the other order. The link to the next page has it.")] long cursor = 0,
        [Description("number, or -number for the newest first.")] string sort = "-number") =>
        AnswerAsync(workflow: null, question, context, queries, limit, cursor, sort, cancel);

    private static async Task<Results<Ok<IReadOnlyList<EventView>>, JsonHttpResult<Problem>>> AnswerAsync(
        WorkflowId? workflow, EventQuestion question, HttpContext context, EventQueries queries, int limit, long cursor, string sort, CancellationToken cancel)
    {
        if (question.Read(out string? problem) is not { } filter)
        {
            return NoQuestion(problem!);
        }

        if (limit is < 1 or > MostAtOnce || cursor < 0 || sort is not ("number" or "-number"))
        {
            return NoQuestion($"limit is 1 to {MostAtOnce}, cursor is the number of an event, sort is number or -number.");
        }

        var page = await queries.PageAsync(workflow, filter, cursor, limit, sort is "-number", cancel);
        NextPage.Tell(context, page.Next?.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok(page.Events);
    }

    /// <summary>Whoever comes again says with <c>Last-Event-ID</c> what it has, as browsers do by themselves.</summary>
    private static async Task<Results<ServerSentEventsResult<EventView>, JsonHttpResult<Problem>>> StreamAsync(
        long id,
        [AsParameters] EventQuestion question,
        EventStream stream,
        IWorkflowQueries workflows,
        CancellationToken cancel,
        [Description("The number of the last event that is known; only later ones are sent.")] long after = 0,
        [FromHeader(Name = "Last-Event-ID"), Description("The number of the last event that is known, as browsers send it by themselves.")] string? lastEventId = null)
    {
        if (question.Read(out string? problem) is not { } filter)
        {
            return NoQuestion(problem!);
        }

        if (lastEventId is not null && !long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return NoQuestion("Last-Event-ID is the number of an event.");
        }

        return await workflows.FindAsync(new WorkflowId(id), cancel) is null
            ? NoWorkflow(id)
            : TypedResults.ServerSentEvents(ItemsAsync(stream.FollowAsync(new WorkflowId(id), filter, after, cancel), cancel));
    }

    private static async IAsyncEnumerable<SseItem<EventView>> ItemsAsync(IAsyncEnumerable<IReadOnlyList<EventView>> batches, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in batches.WithCancellation(cancel))
        {
            foreach (var one in batch)
            {
                yield return new SseItem<EventView>(one, one.Type) { EventId = one.Number.ToString(CultureInfo.InvariantCulture) };
            }
        }
    }

    private static async Task<Results<Created<EventView>, Ok<DryRunView>, JsonHttpResult<Problem>>> PostAsync(
        long id, HttpContext context, WorkflowEngine engine, EventQueries queries, IWorkflowQueries workflows, CancellationToken cancel, [FromQuery(Name = "dry_run"), Description("Only says what it would do.")] bool dryRun = false)
    {
        var (body, refusal) = await JsonBody.ReadAsync(context.Request, cancel);
        if (refusal is not null)
        {
            return refusal;
        }

        if (Read(body) is not { } posted)
        {
            return NotAnEvent($"An event has a type of 1 to {MaxTypeLength} characters, data of any kind, and perhaps a key of at most {MaxKeyLength} characters.");
        }

        if (posted.Type.StartsWith(StateEvent.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return NotAnEvent($"Types that begin with \"{StateEvent.Prefix}\" are Torc's own. Choose another, such as \"checkpoint\".");
        }

        if (await workflows.FindAsync(new WorkflowId(id), cancel) is null)
        {
            return NoWorkflow(id);
        }

        if (dryRun)
        {
            return TypedResults.Ok(new DryRunView($"An event \"{posted.Type}\" would be stored."));
        }

        var origin = AttemptAccess.OriginOf(context);
        var post = await engine.ChangeAsync(
            (_, commit, now) =>
            {
                var post = new EventPost(
                    new WorkflowId(id),
                    now,
                    posted.Type,
                    posted.Data?.GetRawText() ?? "null",
                    origin?.Attempt.Job ?? posted.Job,
                    origin?.Attempt.Number ?? posted.Attempt,
                    origin?.Node,
                    origin?.Run,
                    posted.Key);
                commit.Events.Add(post);
                return post;
            },
            cancel);
        return post.Number is { } number && (await queries.PageAsync(new WorkflowId(id), new EventFilter(), number - 1, 1, newestFirst: false, cancel)).Events is [var stored]
            ? TypedResults.Created($"{context.Request.PathBase}/api/v1/workflows/{id}/events?cursor={number - 1}&limit=1", stored)
            : NoWorkflow(id);
    }

    private static NewEvent? Read(JsonElement body)
    {
        try
        {
            return body.Deserialize(TorcJson.Default.NewEvent) is { Type: { } type } posted && !string.IsNullOrWhiteSpace(type) && type.Length <= MaxTypeLength && !(posted.Key?.Length > MaxKeyLength)
                ? posted
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<Problem> NotAnEvent(string detail) => Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not an event", detail);

    private static JsonHttpResult<Problem> NoQuestion(string detail) => Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a question", detail);

    private static JsonHttpResult<Problem> NoWorkflow(long id) => Problems.NotFound($"There is no workflow {id}.");
}
