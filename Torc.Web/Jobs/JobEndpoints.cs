using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Web.Api;
using Torc.Web.Engine;

namespace Torc.Web.Jobs;

/// <summary>What programs may ask about one job.</summary>
internal static class JobEndpoints
{
    public static void MapTorcJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/jobs/{id:long}");
        jobs.MapGet("/", FindAsync);
        jobs.MapGet("/attempts/{number:int}/samples", SamplesAsync);
    }

    private static async Task<Results<Ok<JobDetails>, JsonHttpResult<Problem>>> FindAsync(long id, IJobQueries queries, WorkflowEngine engine, CancellationToken cancel)
    {
        if (await queries.FindAsync(new JobId(id), cancel) is not { } found)
        {
            return Problems.NotFound($"There is no job {id}.");
        }

        var job = (await engine.MarkUnknownAsync([found.Job], cancel))[0];
        return TypedResults.Ok(found with { Job = job with { Reason = await ReasonAsync(job, queries, cancel) } });
    }

    // What a job that is ready waits for says also for what it is retried.
    private static async Task<string?> ReasonAsync(JobView job, IJobQueries queries, CancellationToken cancel) =>
        job is { Status: not JobStatus.Ready, Reason: { } reason } ? reason : await queries.WhyWaitingAsync(job.Id, cancel) ?? job.Reason ?? WaitReason.ForStatus(job.Status);

    private static async Task<Ok<IReadOnlyList<SampleView>>> SamplesAsync(long id, int number, IJobQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.SamplesAsync(new AttemptId(new JobId(id), number), cancel));
}
