using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;
using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Jobs;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>Creating, starting and reading workflows.</summary>
internal static class WorkflowEndpoints
{
    /// <summary>The most that a spec may be, in bytes: 64 MiB.</summary>
    private const int MaxSpecBytes = 64 << 20;

    public static void MapTorcWorkflows(this IEndpointRouteBuilder routes)
    {
        var workflows = routes.MapGroup("/api/v1/workflows");
        workflows.MapPost("/", SubmitAsync).WithMetadata(new RequestSizeLimitAttribute(MaxSpecBytes));
        workflows.MapGet("/", ListAsync);
        workflows.MapGet("/{id:long}", FindAsync);
        workflows.MapGet("/{id:long}/jobs", JobsAsync);
        workflows.MapGet("/{id:long}/spec", SpecAsync);
        workflows.MapPut("/{id:long}/spec", ChangeSpecAsync).WithMetadata(new RequestSizeLimitAttribute(MaxSpecBytes));
        workflows.MapPost("/{id:long}/start", StartAsync);
        workflows.MapPost("/{id:long}/stop", StopAsync);
        routes.MapGet("/schema/workflow.json", () => TypedResults.Text(JsonSchema.Text, "application/schema+json"));
    }

    /// <param name="fileName">Its ending tells the notation, and messages name it.</param>
    /// <param name="workingDirectory">Where the jobs run, absolute; by default a new folder in the data folder.</param>
    /// <param name="start">Starts the workflow in the same step.</param>
    /// <param name="dryRun">Only says what the spec would make.</param>
    private static async Task<Results<Created<WorkflowView>, Ok<SpecSummary>, JsonHttpResult<Problem>>> SubmitAsync(
        HttpRequest request,
        WorkflowSubmission submission,
        CancellationToken cancel,
        [FromQuery(Name = "file_name")] string? fileName = null,
        [FromQuery(Name = "working_directory")] string? workingDirectory = null,
        bool start = false,
        [FromQuery(Name = "dry_run")] bool dryRun = false)
    {
        if (await BodyAsync(request, cancel) is not { } bytes)
        {
            return TooLarge();
        }

        if (!string.IsNullOrEmpty(workingDirectory) && !Path.IsPathFullyQualified(workingDirectory))
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a working directory", $"\"{workingDirectory}\" is not an absolute path.");
        }

        string? directory = string.IsNullOrEmpty(workingDirectory) ? null : workingDirectory;
        var reading = await submission.ReadAsync(bytes, fileName, directory, isDecided: !dryRun || directory is not null, cancel);
        if (dryRun)
        {
            return TypedResults.Ok(SpecSummary.Of(reading));
        }

        if (reading.Definition is null)
        {
            return Invalid(reading);
        }

        var spec = new SpecSource(fileName ?? "workflow", Encoding.UTF8.GetString(bytes.Span));
        var created = await submission.CreateAsync(reading.Definition, directory, spec, start, cancel);
        return TypedResults.Created($"/api/v1/workflows/{created.Id}", created with { Warnings = reading.Problems is [] ? null : reading.Problems });
    }

    /// <summary>Gives a workflow another spec, as a new version. Jobs are matched by their names; what they did stays.</summary>
    /// <param name="dryRun">Only says what it would change.</param>
    /// <param name="renames">Jobs that are the same in spite of their names, each as <c>old:new</c>.</param>
    private static async Task<Results<Ok<SpecChangeView>, JsonHttpResult<Problem>>> ChangeSpecAsync(
        long id,
        HttpRequest request,
        WorkflowSubmission submission,
        SpecDesk desk,
        IWorkflowQueries queries,
        CancellationToken cancel,
        [FromQuery(Name = "file_name")] string? fileName = null,
        [FromQuery(Name = "dry_run")] bool dryRun = false,
        [FromQuery(Name = "rename")] string[]? renames = null)
    {
        if (await queries.FindAsync(new WorkflowId(id), cancel) is not { } workflow)
        {
            return NoWorkflow(id);
        }

        if (await BodyAsync(request, cancel) is not { } bytes)
        {
            return TooLarge();
        }

        var reading = await submission.ReadAsync(bytes, fileName, workflow.WorkingDirectory, isDecided: true, cancel);
        if (reading.Definition is null)
        {
            return Invalid(reading);
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
        return await desk.ChangeAsync(new WorkflowId(id), reading.Definition, spec, named, apply: !dryRun, cancel) switch
        {
            null => NoWorkflow(id),
            { IsApplied: false, IsRunning: true } when !dryRun => Problems.Refused(
                StatusCodes.Status409Conflict, "The workflow runs", $"Jobs of workflow {id} wait or run by the spec that it has. Stop it, or wait for its end, and change the spec then."),
            { } change => TypedResults.Ok(change),
        };
    }

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken cancel)
    {
        var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancel);
            return new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static JsonHttpResult<Problem> TooLarge() =>
        Problems.Refused(StatusCodes.Status413PayloadTooLarge, "The spec is too large", $"A spec has at most {MaxSpecBytes >> 20} MiB.");

    private static JsonHttpResult<Problem> Invalid(SpecReading reading)
    {
        int errors = reading.Problems.Count(problem => problem.Severity == Severity.Error);
        return Problems.Refused(
            StatusCodes.Status422UnprocessableEntity, $"The spec has {errors} error{(errors == 1 ? "" : "s")}; nothing was stored", errors: reading.Problems);
    }

    private static async Task<Ok<IReadOnlyList<WorkflowView>>> ListAsync(IWorkflowQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.ListAsync(cancel));

    private static async Task<Results<Ok<WorkflowView>, JsonHttpResult<Problem>>> FindAsync(long id, IWorkflowQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(new WorkflowId(id), cancel) is { } workflow ? TypedResults.Ok(workflow) : NoWorkflow(id);

    /// <param name="select">Which jobs, such as <c>status:failed+</c>; without it all.</param>
    private static async Task<Results<Ok<IReadOnlyList<JobView>>, JsonHttpResult<Problem>>> JobsAsync(
        long id, IWorkflowQueries queries, JobSelector selector, WorkflowEngine engine, CancellationToken cancel, string? select = null)
    {
        if (await queries.FindAsync(new WorkflowId(id), cancel) is null)
        {
            return NoWorkflow(id);
        }

        var jobs = await engine.MarkUnknownAsync(await queries.JobsAsync(new WorkflowId(id), cancel), cancel);
        if (select is null)
        {
            return TypedResults.Ok(jobs);
        }

        try
        {
            return await selector.NamesAsync(new WorkflowId(id), select, cancel) is { } names
                ? TypedResults.Ok<IReadOnlyList<JobView>>([.. jobs.Where(job => names.Contains(job.Name))])
                : NoWorkflow(id);
        }
        catch (UnknownJobException unknown)
        {
            return Problems.NotFound(unknown.Message);
        }
        catch (BadSelectionException bad)
        {
            return Problems.BadSelection(bad.Message);
        }
    }

    /// <param name="notation"><c>json</c> or <c>yaml</c>; without it the text comes as it was given.</param>
    /// <param name="version">From 1; without it the newest.</param>
    private static async Task<Results<ContentHttpResult, JsonHttpResult<Problem>>> SpecAsync(
        long id, HttpResponse response, IWorkflowQueries queries, CancellationToken cancel, string? notation = null, int? version = null)
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

        if (notation is null)
        {
            // Who edits the text has to know its notation, which the ending of its name tells.
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = spec.FileName }.ToString();
            return TypedResults.Text(spec.Text, "text/plain", Encoding.UTF8);
        }

        var reading = SpecReader.Read(Encoding.UTF8.GetBytes(spec.Text), spec.FileName);
        return reading.Write(notation is "yaml" ? SpecNotation.Yaml : SpecNotation.Json) is { } written
            ? TypedResults.Text(written, notation is "yaml" ? "application/yaml" : "application/json", Encoding.UTF8)
            : Problems.Refused(
                StatusCodes.Status409Conflict, "The spec has errors by now", "It was read by another version of Torc. Ask for the text as it was given.", errors: reading.Problems);
    }

    private static async Task<Results<Ok<WorkflowView>, JsonHttpResult<Problem>>> StartAsync(
        long id,
        IWorkflowQueries queries,
        WorkflowEngine engine,
        CancellationToken cancel)
    {
        bool started = await engine.ChangeAsync(
            (state, commit, now) => state.Find(new WorkflowId(id)) is { } workflow && state.TryStart(workflow, Environment.UserName, now, commit),
            cancel);
        return await queries.FindAsync(new WorkflowId(id), cancel) switch
        {
            null => NoWorkflow(id),
            { } workflow when started => TypedResults.Ok(workflow),
            _ => Problems.Refused(StatusCodes.Status409Conflict, "Already started", $"Workflow {id} was started before."),
        };
    }

    /// <param name="jobs">The names of the jobs to end; without any, all end.</param>
    /// <param name="select">Which jobs to end as well, such as <c>node:n2</c>.</param>
    private static async Task<Results<Ok<WorkflowView>, JsonHttpResult<Problem>>> StopAsync(
        long id,
        IWorkflowQueries queries,
        WorkflowEngine engine,
        JobSelector selector,
        CancellationToken cancel,
        [FromQuery(Name = "job")] string[]? jobs = null,
        string? select = null)
    {
        if (select is not null)
        {
            try
            {
                jobs = [.. jobs ?? [], .. await selector.NamesAsync(new WorkflowId(id), select, cancel) ?? []];
            }
            catch (UnknownJobException other)
            {
                return Problems.NotFound(other.Message);
            }
            catch (BadSelectionException bad)
            {
                return Problems.BadSelection(bad.Message);
            }

            // No name at all would mean every job.
            if (jobs is [] && await queries.FindAsync(new WorkflowId(id), cancel) is not null)
            {
                return Problems.Refused(StatusCodes.Status409Conflict, "Nothing to stop", $"No job of workflow {id} is selected by {select}.");
            }
        }

        string reason = $"stopped by {Environment.UserName}";
        var (isStopped, unknown) = await engine.ChangeAsync(
            (state, commit, now) =>
            {
                if (state.Find(new WorkflowId(id)) is not { } workflow)
                {
                    return (false, null);
                }

                var names = workflow.State.Definition.Jobs.Select((job, position) => (job.Name, position)).ToDictionary(job => job.Name, job => job.position);
                string? unknown = jobs?.FirstOrDefault(name => !names.ContainsKey(name));
                int[]? positions = jobs is null or [] || unknown is not null ? null : [.. jobs.Distinct().Select(name => names[name])];
                return (unknown is null && state.TryStop(workflow, positions, reason, now, commit), unknown);
            },
            cancel);
        return await queries.FindAsync(new WorkflowId(id), cancel) switch
        {
            null => NoWorkflow(id),
            _ when unknown is not null => Problems.NotFound($"Workflow {id} has no job \"{unknown}\"."),
            { } workflow when isStopped => TypedResults.Ok(workflow),
            _ => Problems.Refused(StatusCodes.Status409Conflict, "Nothing to stop", $"None of these jobs of workflow {id} waits or runs, or all of them are being ended already."),
        };
    }

    private static JsonHttpResult<Problem> NoWorkflow(long id) => Problems.NotFound($"There is no workflow {id}.");
}
