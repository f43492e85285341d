using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Api;
using Torc.Web.Jobs;

namespace Torc.Web.Reruns;

/// <summary>Planning and starting reruns.</summary>
internal static class RerunEndpoints
{
    public static void MapTorcReruns(this IEndpointRouteBuilder routes)
    {
        var workflow = routes.MapGroup("/api/v1/workflows/{id:long}");
        workflow.MapPost("/plan", PlanAsync);
        workflow.MapPost("/rerun", RerunAsync);
        workflow.MapGet("/runs", ListAsync);
        workflow.MapGet("/runs/{before:int}/compare/{after:int}", CompareAsync);
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

    /// <param name="format"><c>csv</c> gives a table of the jobs for other programs; otherwise it is JSON.</param>
    private static async Task<Results<Ok<RerunPlanView>, ContentHttpResult, JsonHttpResult<Problem>>> PlanAsync(
        long id, RerunRequest request, IRerunDesk desk, CancellationToken cancel, string? format = null)
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

    private static async Task<Results<Ok<WorkflowView>, JsonHttpResult<Problem>>> RerunAsync(long id, RerunRequest request, IRerunDesk desk, CancellationToken cancel)
    {
        try
        {
            return await desk.RerunAsync(new WorkflowId(id), request, Environment.UserName, cancel) switch
            {
                null => Problems.NotFound($"There is no workflow {id}."),
                { Started: { } started } => TypedResults.Ok(started),
                { Plan.Spec.Refusal: { } refusal } => Problems.Refused(StatusCodes.Status422UnprocessableEntity, "The spec cannot be changed so", refusal),
                { IsOther: true } answer => Problems.Answer(new Problem(
                    "The plan has changed", StatusCodes.Status409Conflict, "Something has moved since the plan was made, so nothing was started. The new plan comes with this answer.", Plan: answer.Plan)),
                { Plan.Run: 1 } => Problems.Refused(StatusCodes.Status409Conflict, "Never started", $"Workflow {id} has had no run yet: start it."),
                { Plan: var plan } => Problems.Answer(new Problem("Nothing to run", StatusCodes.Status409Conflict, "By the scope that was asked for, every job is kept.", Plan: plan)),
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
}
