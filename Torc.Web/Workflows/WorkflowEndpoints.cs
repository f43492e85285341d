using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Workflows;

/// <summary>Creating, starting and reading workflows.</summary>
internal static class WorkflowEndpoints
{
    /// <summary>As large as a page of a list may be.</summary>
    private const int MostWorkflows = 1_000;

    private const int MostJobs = 10_000;
    private const string CursorWords = "Where to go on: the link to the next page has it.";
    private const string DryRunWords = "Only says what it would do.";

    public static void MapTorcWorkflows(this IEndpointRouteBuilder routes)
    {
        var workflows = routes.MapGroup("/api/v1/workflows").WithTags("workflows");
        workflows.MapPost("/", SubmitAsync)
            .Describe("create_workflow", "Creates a workflow from a spec", 413, 422)
            .AcceptsSpec()
            .WithMetadata(new RequestSizeLimitAttribute(SpecBody.MaxBytes));
        workflows.MapGet("/", ListAsync).Describe("list_workflows", "Lists the workflows, the newest first", 422);
        workflows.MapGet("/{id:long}", FindAsync).Describe("get_workflow", "How a workflow stands", 404);
        workflows.MapGet("/{id:long}/jobs", JobsAsync).Describe("list_jobs", "Lists the jobs of a workflow, in the order of its spec", 404, 422);
        workflows.MapGet("/{id:long}/timeline", TimelineAsync).Describe("get_timeline", "When the attempts of a run were sent, started and ended", 404);
        workflows.MapPost("/{id:long}/start", StartAsync).Describe("start_workflow", "Starts the first run of a workflow", 404, 409);
        workflows.MapPost("/{id:long}/stop", StopAsync).Describe("stop_jobs", "Ends jobs of a workflow", 404, 409, 422);
        workflows.MapPost("/{id:long}/archive", ArchiveAsync).Describe("archive_workflow", "Puts a workflow away: it is not listed with the others, and no run of it starts", 404, 409);
        workflows.MapPost("/{id:long}/unarchive", UnarchiveAsync).Describe("unarchive_workflow", "Brings a workflow back that was put away", 404, 409);
        workflows.MapDelete("/{id:long}", DeleteAsync).Describe("delete_workflow", "Forgets a workflow for good; what its jobs wrote stays", 404, 409);
        workflows.MapPost("/{id:long}/turn_off", TurnOffAsync).Describe("turn_off_jobs", "Turns jobs off: no run starts them, and what waits for them goes on without them", 404, 409, 422);
        workflows.MapPost("/{id:long}/turn_on", TurnOnAsync).Describe("turn_on_jobs", "Turns jobs on again, so that the next run may start them", 404, 409, 422);
    }

    private static async Task<Results<Ok<TimelineView>, JsonHttpResult<Problem>>> TimelineAsync(
        long id, TimelineQueries queries, CancellationToken cancel, [Description("From 1; without it the newest.")] int? run = null) =>
        await queries.OfAsync(new WorkflowId(id), run, cancel) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound(run is null ? $"There is no workflow {id}." : $"There is no workflow {id} with a run {run}.");

    private static async Task<Results<Created<WorkflowView>, Ok<SpecSummary>, JsonHttpResult<Problem>>> SubmitAsync(
        HttpContext context,
        WorkflowSubmission submission,
        WorkflowEngine engine,
        WorkflowStore store,
        CancellationToken cancel,
        [FromQuery(Name = "file_name"), Description("Its ending tells the notation, and messages name it.")] string? fileName = null,
        [FromQuery(Name = "working_directory"), Description("Where the jobs run, absolute; by default a new folder of the server.")] string? workingDirectory = null,
        [Description("Starts the workflow in the same step.")] bool start = false,
        [FromQuery(Name = "dry_run"), Description("Only says what the spec would make.")] bool dryRun = false,
        [FromHeader(Name = Repeats.Header), Description(Repeats.HeaderWords)] string? idempotencyKey = null)
    {
        if (await SpecBody.ReadAsync(context.Request, cancel) is not { } bytes)
        {
            return SpecBody.TooLarge();
        }

        if (!string.IsNullOrEmpty(workingDirectory) && !Path.IsPathFullyQualified(workingDirectory))
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a working directory", $"\"{workingDirectory}\" is not an absolute path.");
        }

        var spec = new SpecSource(fileName ?? "workflow", Encoding.UTF8.GetString(bytes.Span));
        var (key, noKey) = Repeats.KeyOf(idempotencyKey, "create", spec.FileName, spec.Text, workingDirectory, start ? "start" : null);
        if (noKey is not null)
        {
            return noKey;
        }

        // What it needed when it came first may not be there any more.
        if (key is not null && !dryRun && await engine.ReadAsync(state => state.Before(key), cancel) is { } before)
        {
            return await RepeatedAsync(before);
        }

        string? directory = string.IsNullOrEmpty(workingDirectory) ? null : workingDirectory;
        var reading = await submission.ReadAsync(bytes, fileName, directory, isDecided: !dryRun || directory is not null, cancel);
        if (dryRun)
        {
            return TypedResults.Ok(SpecSummary.Of(reading));
        }

        if (reading.Definition is null)
        {
            return SpecBody.Invalid(reading);
        }

        try
        {
            var created = await submission.CreateAsync(reading.Definition, directory, spec, start, key, cancel);
            return TypedResults.Created(AddressOf(context, created), created with { Warnings = reading.Problems is [] ? null : reading.Problems });
        }
        catch (RepeatedRequestException repeated)
        {
            return await RepeatedAsync(repeated.Before);
        }

        async Task<Results<Created<WorkflowView>, Ok<SpecSummary>, JsonHttpResult<Problem>>> RepeatedAsync(KeptRequest first)
        {
            var (workflow, refusal) = await Repeats.AnswerAsync(key!, first, context.Response, store, cancel);
            return workflow is null ? refusal! : TypedResults.Created(AddressOf(context, workflow), workflow);
        }
    }

    private static string AddressOf(HttpContext context, WorkflowView workflow) => $"{context.Request.PathBase}/api/v1/workflows/{workflow.Id}";

    private static async Task<Results<Ok<IReadOnlyList<WorkflowView>>, JsonHttpResult<Problem>>> ListAsync(
        HttpContext context,
        IWorkflowQueries queries,
        CancellationToken cancel,
        [Description("A part of the name, in small or capital letters, or the number.")] string? q = null,
        [Description("draft, running, done or failed; may be given several times.")] string[]? status = null,
        [Description("Only those of this project.")] string? project = null,
        [Description("Only those of this user.")] string? user = null,
        [Description("Those that were put away, instead of the others.")] bool archived = false,
        [Description("At most so many, 1 to 1,000.")] int limit = 100,
        [Description(CursorWords)] long? cursor = null)
    {
        if (limit is < 1 or > MostWorkflows)
        {
            return NoPage(limit, MostWorkflows);
        }

        if (status?.FirstOrDefault(word => WorkflowStatusWords.TryParse(word) is null) is { } unknown)
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a status", $"A workflow is draft, running, done or failed, not \"{unknown}\".");
        }

        var filter = WorkflowQuestion.Read(q, status, project, user, sort: null, page: null, archived).Filter;
        return TypedResults.Ok(NextPage.Cut(context, await queries.ListAsync(filter, new PageOf(cursor, limit + 1), cancel), limit, workflow => workflow.Id.ToString()));
    }

    private static async Task<Results<Ok<WorkflowView>, JsonHttpResult<Problem>>> FindAsync(long id, IWorkflowQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(new WorkflowId(id), cancel) is { } workflow ? TypedResults.Ok(workflow) : NoWorkflow(id);

    private static async Task<Results<Ok<IReadOnlyList<JobView>>, JsonHttpResult<Problem>>> JobsAsync(
        long id,
        HttpContext context,
        IWorkflowQueries queries,
        JobSelector selector,
        CancellationToken cancel,
        [Description("Which jobs, such as status:failed+; without it all.")] string? select = null,
        [Description("At most so many, 1 to 10,000.")] int limit = 1_000,
        [Description(CursorWords)] long? cursor = null)
    {
        if (limit is < 1 or > MostJobs)
        {
            return NoPage(limit, MostJobs);
        }

        if (await queries.FindAsync(new WorkflowId(id), cancel) is null)
        {
            return NoWorkflow(id);
        }

        try
        {
            var selected = select is null ? null : await selector.NamesAsync(new WorkflowId(id), select, cancel);
            var found = await queries.JobsAsync(new WorkflowId(id), new PageOf(cursor, limit + 1), selected, cancel);
            return TypedResults.Ok(NextPage.Cut(context, found, limit, job => job.Position.ToString(CultureInfo.InvariantCulture)));
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

    private static JsonHttpResult<Problem> NoPage(int limit, int most) => Problems.Refused(
        StatusCodes.Status422UnprocessableEntity, "Not a page", string.Create(CultureInfo.InvariantCulture, $"A page has 1 to {most:N0} entries, not {limit}."));

    private static async Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> StartAsync(
        long id,
        IWorkflowQueries queries,
        WorkflowEngine engine,
        CancellationToken cancel,
        [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false)
    {
        if (dryRun && await queries.FindAsync(new WorkflowId(id), cancel) is { Status: WorkflowStatus.Uninitialized, ArchivedAt: null } draft)
        {
            return TypedResults.Ok(new DryRunView($"Workflow {id} would start with {Jobs(draft.Counts.Values.Sum())}."));
        }

        bool started = !dryRun && await engine.ChangeAsync(
            (state, commit, now) => state.Find(new WorkflowId(id)) is { } workflow && state.TryStart(workflow, Environment.UserName, now, commit),
            cancel);
        return await queries.FindAsync(new WorkflowId(id), cancel) switch
        {
            null => NoWorkflow(id),
            { } workflow when started => TypedResults.Ok(workflow),
            { ArchivedAt: not null } => Problems.Archived(id),
            _ => Problems.Refused(StatusCodes.Status409Conflict, "Already started", $"Workflow {id} was started before."),
        };
    }

    private static Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> ArchiveAsync(
        long id, IWorkflowQueries queries, IWorkflowDesk desk, CancellationToken cancel, [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false) => DoAsync(
            id, "Not archived", $"Workflow {id} would be archived.", queries, () => desk.ArchiveAsync(new WorkflowId(id), archived: true, Environment.UserName, dryRun, cancel), dryRun, cancel);

    private static Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> UnarchiveAsync(
        long id, IWorkflowQueries queries, IWorkflowDesk desk, CancellationToken cancel, [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false) => DoAsync(
            id, "Not unarchived", $"Workflow {id} would be unarchived.", queries, () => desk.ArchiveAsync(new WorkflowId(id), archived: false, Environment.UserName, dryRun, cancel), dryRun, cancel);

    /// <summary>Answers with the workflow as it was.</summary>
    private static Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> DeleteAsync(
        long id, IWorkflowQueries queries, IWorkflowDesk desk, CancellationToken cancel, [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false) => DoAsync(
            id, "Not deleted", $"Workflow {id} would be deleted.", queries, () => desk.DeleteAsync(new WorkflowId(id), Environment.UserName, dryRun, cancel), dryRun, cancel);

    /// <param name="refusal">The title of a refusal.</param>
    private static async Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> DoAsync(
        long id, string refusal, string would, IWorkflowQueries queries, Func<Task<JobAnswer>> doAsync, bool dryRun, CancellationToken cancel)
    {
        var before = await queries.FindAsync(new WorkflowId(id), cancel);
        return await doAsync() switch
        {
            JobAnswer.Done when dryRun => TypedResults.Ok(new DryRunView(would)),
            JobAnswer.Done when (await queries.FindAsync(new WorkflowId(id), cancel) ?? before) is { } workflow => TypedResults.Ok(workflow),
            JobAnswer.Refused(var why) => Problems.Refused(StatusCodes.Status409Conflict, refusal, why),
            _ => NoWorkflow(id),
        };
    }

    private static string Jobs(int count) => count == 1 ? "1 job" : string.Create(CultureInfo.InvariantCulture, $"{count} jobs");

    private static Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> StopAsync(
        long id,
        IWorkflowQueries queries,
        IJobDesk desk,
        JobSelector selector,
        CancellationToken cancel,
        [FromQuery(Name = "job"), Description("The name of a job to end; may be given several times. Without any, all end.")] string[]? jobs = null,
        [Description("Which jobs to end as well, such as node:n2.")] string? select = null,
        [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false) => DoAsync(
            id, jobs, select, "Nothing to stop", "would end", queries, selector, names => desk.StopAsync(new WorkflowId(id), names is [] ? null : names, Environment.UserName, dryRun, cancel), dryRun, cancel);

    private static Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> TurnOffAsync(
        long id,
        IWorkflowQueries queries,
        IJobDesk desk,
        JobSelector selector,
        CancellationToken cancel,
        [FromQuery(Name = "job"), Description("The name of a job to turn off; may be given several times.")] string[]? jobs = null,
        [Description("Which jobs to turn off as well, such as status:failed.")] string? select = null,
        [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false) => TurnAsync(id, on: false, queries, desk, selector, jobs, select, dryRun, cancel);

    private static Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> TurnOnAsync(
        long id,
        IWorkflowQueries queries,
        IJobDesk desk,
        JobSelector selector,
        CancellationToken cancel,
        [FromQuery(Name = "job"), Description("The name of a job to turn on; may be given several times.")] string[]? jobs = null,
        [Description("Which jobs to turn on as well, such as status:disabled.")] string? select = null,
        [FromQuery(Name = "dry_run"), Description(DryRunWords)] bool dryRun = false) => TurnAsync(id, on: true, queries, desk, selector, jobs, select, dryRun, cancel);

    private static async Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> TurnAsync(
        long id, bool on, IWorkflowQueries queries, IJobDesk desk, JobSelector selector, string[]? jobs, string? select, bool dryRun, CancellationToken cancel)
    {
        string what = on ? "on" : "off";
        if (jobs is null or [] && select is null)
        {
            return await queries.FindAsync(new WorkflowId(id), cancel) is null
                ? NoWorkflow(id)
                : Problems.Refused(StatusCodes.Status422UnprocessableEntity, "No job named", $"Say which jobs of workflow {id} to turn {what}, by job= or select=.");
        }

        return await DoAsync(
            id, jobs, select, $"Nothing to turn {what}", $"would be turned {what}", queries, selector, names => desk.TurnAsync(new WorkflowId(id), names, on, Environment.UserName, dryRun, cancel), dryRun, cancel);
    }

    /// <param name="refusal">The title of a refusal.</param>
    /// <param name="would">What would become of the jobs.</param>
    /// <param name="doAsync">Does it to the jobs of these names.</param>
    private static async Task<Results<Ok<WorkflowView>, Ok<DryRunView>, JsonHttpResult<Problem>>> DoAsync(
        long id,
        string[]? jobs,
        string? select,
        string refusal,
        string would,
        IWorkflowQueries queries,
        JobSelector selector,
        Func<string[], Task<JobAnswer>> doAsync,
        bool dryRun,
        CancellationToken cancel)
    {
        string[] names = jobs ?? [];
        if (select is not null)
        {
            try
            {
                names = [.. names, .. await selector.NamesAsync(new WorkflowId(id), select, cancel) ?? []];
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
            if (names is [])
            {
                return await queries.FindAsync(new WorkflowId(id), cancel) is null
                    ? NoWorkflow(id)
                    : Problems.Refused(StatusCodes.Status409Conflict, refusal, $"No job of workflow {id} is selected by {select}.");
            }
        }

        return await doAsync(names) switch
        {
            JobAnswer.Done(var count) when dryRun => TypedResults.Ok(new DryRunView($"{Jobs(count)} of workflow {id} {would}.")),
            JobAnswer.Done when await queries.FindAsync(new WorkflowId(id), cancel) is { } workflow => TypedResults.Ok(workflow),
            JobAnswer.NoJob(var name) => Problems.NotFound($"Workflow {id} has no job \"{name}\"."),
            JobAnswer.Refused(var why) => Problems.Refused(StatusCodes.Status409Conflict, refusal, why),
            _ => NoWorkflow(id),
        };
    }

    private static JsonHttpResult<Problem> NoWorkflow(long id) => Problems.NotFound($"There is no workflow {id}.");
}
