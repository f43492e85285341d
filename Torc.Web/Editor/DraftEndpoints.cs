using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Specs.Notations;
using Torc.Web.Api;
using Torc.Web.Workflows;

namespace Torc.Web.Editor;

/// <summary>The text of drafts, which is too large for the connection of a page.</summary>
internal static class DraftEndpoints
{
    private const string Revision = "Torc-Revision";

    // A byte order mark is part of the text.
    private static readonly UTF8Encoding Exact = new(encoderShouldEmitUTF8Identifier: false);

    public static void MapTorcDrafts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/drafts", BeginAsync)
            .WithTags("drafts")
            .Describe("create_draft", "Begins a draft with a text, which need not be right yet, to be drawn and mended in the editor", 413)
            .AcceptsSpec()
            .WithMetadata(new RequestSizeLimitAttribute(SpecBody.MaxBytes));
        var drafts = routes.MapGroup("/api/v1/drafts/{id:long}").WithTags("drafts");
        drafts.MapGet("/text", ReadAsync)
            .Describe("get_draft_text", "Reads the text of a draft as it is now. The header Torc-Revision says which one it is", 404, 409, 422)
            .Produces<string>(StatusCodes.Status200OK, "text/plain", "application/json", "application/yaml");
        drafts.MapPut("/text", WriteAsync)
            .Describe("change_draft_text", "Puts a text in place of that of a draft, if it is still the one of a revision", 404, 409, 413)
            .Accepts<string>("text/plain")
            .WithMetadata(new RequestSizeLimitAttribute(SpecBody.MaxBytes));
    }

    private static async Task<Results<Created<DraftView>, JsonHttpResult<Problem>>> BeginAsync(
        HttpRequest request,
        DraftDoor door,
        CancellationToken cancel,
        [FromQuery(Name = "file_name"), Description("Its ending tells the notation.")] string? fileName = null,
        [FromQuery(Name = "working_directory"), Description("Where the jobs are to run, absolute; without it the server chooses when the draft is saved.")] string? workingDirectory = null)
    {
        if (await SpecBody.ReadAsync(request, cancel) is not { } bytes)
        {
            return SpecBody.TooLarge();
        }

        var draft = await door.BeginAsync(fileName ?? "workflow", Encoding.UTF8.GetString(bytes.Span), workingDirectory, cancel);
        string address = string.Create(CultureInfo.InvariantCulture, $"drafts/{draft.Id}");
        return TypedResults.Created($"{request.PathBase}/{address}", new DraftView(draft.Id, address, draft.ToDocument().Reading.Problems.Count));
    }

    private static async Task<Results<ContentHttpResult, JsonHttpResult<Problem>>> ReadAsync(
        long id,
        HttpResponse response,
        DraftRooms rooms,
        [Description("json or yaml; without it the text comes as it is.")] string? notation = null,
        [Description("Whether the text says where things lie on the canvas.")] bool layout = false)
    {
        if (notation is not (null or "json" or "yaml"))
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a notation", "A spec is written as json or as yaml.");
        }

        if (await rooms.EnterAsync(id, Environment.UserName) is not { } room)
        {
            return NoDraft(id);
        }

        var state = room.State;
        rooms.Leave(room);
        response.Headers[Revision] = state.Revision.ToString(CultureInfo.InvariantCulture);
        var document = state.Document;
        if (layout)
        {
            switch (SpecLayout.Write(document))
            {
                case SpecEdit.Done done:
                    document = done.After;
                    break;
                case SpecEdit.Refused refused:
                    return Problems.Refused(StatusCodes.Status409Conflict, "The layout has no place in the text", refused.Why, errors: state.Problems);
            }
        }

        if (notation is null)
        {
            return TypedResults.Text(document.Text, "text/plain", Encoding.UTF8);
        }

        return document.Reading.Write(notation is "yaml" ? SpecNotation.Yaml : SpecNotation.Json) is { } written
            ? TypedResults.Text(written, notation is "yaml" ? "application/yaml" : "application/json", Encoding.UTF8)
            : Problems.Refused(StatusCodes.Status409Conflict, "The draft has errors", "It can be written in another notation when they are mended.", errors: state.Problems);
    }

    private static async Task<Results<NoContent, JsonHttpResult<Problem>>> WriteAsync(
        long id,
        [Description("Of the text that was changed.")] int revision,
        HttpContext context,
        DraftRooms rooms)
    {
        using var reader = new StreamReader(context.Request.Body, Exact, detectEncodingFromByteOrderMarks: false);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        if (await rooms.EnterAsync(id, Environment.UserName) is not { } room)
        {
            return NoDraft(id);
        }

        bool isTaken = room.ReplaceTyped(revision, text);
        int now = room.State.Revision;
        rooms.Leave(room);
        context.Response.Headers[Revision] = now.ToString(CultureInfo.InvariantCulture);
        return isTaken
            ? TypedResults.NoContent()
            : Problems.Refused(StatusCodes.Status409Conflict, "The draft has changed", $"Its text is revision {now} by now, and the request was made for {revision}.");
    }

    private static JsonHttpResult<Problem> NoDraft(long id) => Problems.NotFound($"You have no draft {id}.");
}
