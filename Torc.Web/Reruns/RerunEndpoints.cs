using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Reruns;

/// <summary>Planning and starting reruns.</summary>
internal static class RerunEndpoints
{
    public static void MapTorcReruns(this IEndpointRouteBuilder routes)
    {
        var workflow = routes.MapGroup("/api/v1/workflows/{id:long}").WithTags("runs");
        workflow.MapPost("/plan", PlanAsync).Describe("plan_rerun", "Says what would run again, and why", 404, 422).Produces<RerunPlanView>(StatusCodes.Status200OK, "application/json", "text/csv");
        workflow.MapPost("/rerun", RerunAsync).Describe("rerun", "Starts the next run of a workflow, with the jobs that must run again", 404, 409, 422);
        workflow.MapGet("/runs", ListAsync).Describe("list_runs", "Lists the runs of a workflow, the newest first");
        workflow.MapGet("/runs/{before:int}/compare/{after:int}", CompareAsync).Describe("compare_runs", "Says for each job what counted in each of two runs", 404);
    }

    private static async Task<Ok<IReadOnlyList<RunView>>> ListAsync(long id, IRunQueries runs, CancellationToken cancel) =>
        TypedResults.Ok(await runs.ListAsync(new WorkflowId(id), cancel));

    /// <summary>For each job the result that counted in each of two runs.</summary>
    private static async Task<Results<Ok<IReadOnlyList<JobComparison>>, JsonHttpResult<Problem>>> CompareAsync(long id, int before, int after, IRunQueries runs, CancellationToken cancel)
    {
        var known = (await runs.ListAsync(new WorkflowId(id), cancel)).Select(run => run.Number).ToHashSet();
        return known.Contains(before) && known.Contains(after)
            ? TypedResults.Ok(await runs.CompareAsync(new WorkflowId(id), before, after, cancel))
            : Problems.NotFound($"Workflow {id} has no run {(known.Contains(before) ? after : before)}.");
    }

    private static async Task<Results<Ok<RerunPlanView>, ContentHttpResult, JsonHttpResult<Problem>>> PlanAsync(
        long id, RerunRequest request, IRerunDesk desk, CancellationToken cancel, [Description("csv gives a table of the jobs; otherwise it is JSON.")] string? format = null)
    {
        try
        {
            return await desk.PlanAsync(new WorkflowId(id), request, cancel) switch
            {
                null => Problems.NotFound($"There is no workflow {id}."),
                { } plan when format is "csv" => TypedResults.Text(PlanCsv.Of(plan), "text/csv", Encoding.UTF8),
                { } plan => TypedResults.Ok(plan),
            };
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

    private static async Task<Results<Ok<WorkflowView>, Ok<RerunPlanView>, JsonHttpResult<Problem>>> RerunAsync(
        long id,
        RerunRequest request,
        IRerunDesk desk,
        WorkflowStore store,
        HttpResponse response,
        CancellationToken cancel,
        [FromQuery(Name = "dry_run"), Description("Only says what would run again.")] bool dryRun = false,
        [FromHeader(Name = Repeats.Header), Description(Repeats.HeaderWords)] string? idempotencyKey = null)
    {
        var (key, noKey) = Repeats.KeyOf(idempotencyKey, "rerun", id.ToString(CultureInfo.InvariantCulture), JsonSerializer.Serialize(request, TorcJson.Default.RerunRequest));
        if (noKey is not null)
        {
            return noKey;
        }

        try
        {
            if (dryRun)
            {
                return await desk.PlanAsync(new WorkflowId(id), request, cancel) is { } plan ? TypedResults.Ok(plan) : Problems.NotFound($"There is no workflow {id}.");
            }

            return await desk.RerunAsync(new WorkflowId(id), request, Environment.UserName, key, cancel) switch
            {
                null => Problems.NotFound($"There is no workflow {id}."),
                { Started: { } started } => TypedResults.Ok(started),
                { IsArchived: true } => Problems.Archived(id),
                { Plan.Spec.Refusal: { } refusal } => Problems.Refused(StatusCodes.Status422UnprocessableEntity, "The spec cannot be changed so", refusal),
                { IsOther: true } answer => Problems.Answer(new Problem(
                    "The plan has changed", StatusCodes.Status409Conflict, "Something has moved since the plan was made, so nothing was started. The new plan comes with this answer.", Plan: answer.Plan)),
                { Plan.Run: 1 } => Problems.Refused(StatusCodes.Status409Conflict, "Never started", $"Workflow {id} has had no run yet: start it."),
                { Plan: var plan } => Problems.Answer(new Problem("Nothing to run", StatusCodes.Status409Conflict, "By the scope that was asked for, every job is kept.", Plan: plan)),
            };
        }
        catch (RepeatedRequestException repeated)
        {
            var (workflow, refusal) = await Repeats.AnswerAsync(key!, repeated.Before, response, store, cancel);
            return workflow is null ? refusal! : TypedResults.Ok(workflow);
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
}
