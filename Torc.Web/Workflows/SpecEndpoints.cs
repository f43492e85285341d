using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;
using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>The text that a workflow is made from, and its versions. A version never changes, so its number is its entity tag.</summary>
internal static class SpecEndpoints
{
    public static void MapTorcSpecs(this IEndpointRouteBuilder routes)
    {
        var spec = routes.MapGroup("/api/v1/workflows/{id:long}/spec").WithTags("specs");
        spec.MapGet("/", FindAsync)
            .Describe("get_spec", "Reads the spec of a workflow", 404, 409, 422)
            .Produces<JsonElement>(StatusCodes.Status200OK, "text/plain", "application/json", "application/yaml")
            .Produces(StatusCodes.Status304NotModified);
        spec.MapPut("/", ChangeAsync)
            .Describe("change_spec", "Gives a workflow another spec, as a new version. Jobs are matched by name; what they did stays", 404, 409, 412, 413, 422)
            .AcceptsSpec()
            .WithMetadata(new RequestSizeLimitAttribute(SpecBody.MaxBytes));
        routes.MapGet("/schema/workflow.json", () => TypedResults.Text(JsonSchema.Text, "application/schema+json"));
    }

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult, JsonHttpResult<Problem>>> FindAsync(
        long id,
        HttpResponse response,
        IWorkflowQueries queries,
        CancellationToken cancel,
        [Description("json or yaml; without it the text comes as it was given.")] string? notation = null,
        [Description("From 1; without it the newest.")] int? version = null,
        [FromHeader(Name = "If-None-Match"), Description("The entity tag of the text that is known: if it is still that, the answer is 304 without it.")] string? ifNoneMatch = null)
    {
        if (notation is not (null or "json" or "yaml"))
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a notation", "A spec is written as json or as yaml.");
        }

        if (await queries.SpecAsync(new WorkflowId(id), version, cancel) is not { } spec)
        {
            return version is null || await queries.FindAsync(new WorkflowId(id), cancel) is not { } workflow
                ? NoWorkflow(id)
                : Problems.NotFound($"The spec of workflow {id} has no version {version}; its newest is {workflow.SpecVersion}.");
        }

        var tag = TagOf(spec.Version, notation);
        response.Headers.ETag = tag.ToString();
        if (IsNamed(ifNoneMatch, tag))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (notation is null)
        {
            // Who edits the text has to know its notation, which the ending of its name tells.
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = spec.Source.FileName }.ToString();
            return TypedResults.Text(spec.Source.Text, "text/plain", Encoding.UTF8);
        }

        var reading = SpecReader.Read(Encoding.UTF8.GetBytes(spec.Source.Text), spec.Source.FileName);
        return reading.Write(notation is "yaml" ? SpecNotation.Yaml : SpecNotation.Json) is { } written
            ? TypedResults.Text(written, notation is "yaml" ? "application/yaml" : "application/json", Encoding.UTF8)
            : Problems.Refused(
                StatusCodes.Status409Conflict, "The spec has errors by now", "It was read by another version of Torc. Ask for the text as it was given.", errors: reading.Problems);
    }

    private static async Task<Results<Ok<SpecChangeView>, JsonHttpResult<Problem>>> ChangeAsync(
        long id,
        HttpContext context,
        WorkflowSubmission submission,
        SpecDesk desk,
        IWorkflowQueries queries,
        CancellationToken cancel,
        [FromQuery(Name = "file_name"), Description("Its ending tells the notation, and messages name it.")] string? fileName = null,
        [FromQuery(Name = "dry_run"), Description("Only says what it would change.")] bool dryRun = false,
        [FromQuery(Name = "rename"), Description("Jobs that are the same in spite of their names, each as old:new.")] string[]? renames = null,
        [FromHeader(Name = "If-Match"), Description("The entity tag of the text that was changed: if there is a newer one by now, nothing is stored.")] string? ifMatch = null)
    {
        if (await queries.FindAsync(new WorkflowId(id), cancel) is not { } workflow)
        {
            return NoWorkflow(id);
        }

        if (await SpecBody.ReadAsync(context.Request, cancel) is not { } bytes)
        {
            return SpecBody.TooLarge();
        }

        var reading = await submission.ReadAsync(bytes, fileName, workflow.WorkingDirectory, isDecided: true, cancel);
        if (reading.Definition is null)
        {
            return SpecBody.Invalid(reading);
        }

        var named = new Dictionary<string, string>();
        foreach (string rename in renames ?? [])
        {
            if (rename.Split(':') is not [{ Length: > 0 } from, { Length: > 0 } to] || !named.TryAdd(from, to))
            {
                return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a rename", $"\"{rename}\" is not written as old:new, or names a job twice.");
            }
        }

        var spec = new SpecSource(fileName ?? "workflow", Encoding.UTF8.GetString(bytes.Span));
        var change = await desk.ChangeAsync(new WorkflowId(id), reading.Definition, spec, named, apply: !dryRun, isExpected: version => ifMatch is null || IsNamed(ifMatch, TagOf(version, notation: null)), cancel);
        switch (change)
        {
            case null:
                return NoWorkflow(id);
            case { IsOther: true }:
                return Problems.Refused(
                    StatusCodes.Status412PreconditionFailed,
                    "The spec has changed",
                    $"Its newest version is {change.View.Version - 1}, and the request was made for {ifMatch}. Read it again, and put your change into that.");
            case { View: { IsApplied: false, IsRunning: true } } when !dryRun:
                return Problems.Refused(
                    StatusCodes.Status409Conflict, "The workflow runs", $"Jobs of workflow {id} wait or run by the spec that it has. Stop it, or wait for its end, and change the spec then.");
            default:
                context.Response.Headers.ETag = TagOf(change.View.IsApplied ? change.View.Version : change.View.Version - 1, notation: null).ToString();
                return TypedResults.Ok(change.View);
        }
    }

    // "3", or "3.yaml" for the same written anew.
    private static EntityTagHeaderValue TagOf(int version, string? notation) =>
        new($"\"{version.ToString(CultureInfo.InvariantCulture)}{(notation is null ? "" : $".{notation}")}\"");

    private static bool IsNamed(string? header, EntityTagHeaderValue tag) =>
        header is not null && EntityTagHeaderValue.TryParseList([header], out var tags) && tags.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));

    private static JsonHttpResult<Problem> NoWorkflow(long id) => Problems.NotFound($"There is no workflow {id}.");
}
