using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Web.Api;

namespace Torc.Web.Jobs;

/// <summary>What programs may ask about one job.</summary>
internal static class JobEndpoints
{
    public static void MapTorcJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/jobs/{id:long}").WithTags("jobs");
        jobs.MapGet("/", FindAsync).Describe("get_job", "All that is known of a job, and why it is not running", 404);
        jobs.MapGet("/attempts/{number:int}/samples", SamplesAsync).Describe("list_samples", "What an attempt used, over its time", 422);
        routes.MapGet("/api/v1/workflows/{id:long}/resources", ResourcesAsync)
            .WithTags("workflows")
            .Describe("get_resources", "Compares what the jobs of a workflow ask for with what they used", 404);
        routes.MapGet("/api/v1/workflows/{id:long}/resources/jobs", JobResourcesAsync)
            .WithTags("workflows")
            .Describe("list_job_resources", "Says of each job whose newest attempt has ended what it asked for and what it used", 404, 422);
    }

    private static async Task<Results<Ok<JobDetails>, JsonHttpResult<Problem>>> FindAsync(long id, IJobQueries queries, CancellationToken cancel)
    {
        if (await queries.FindAsync(new JobId(id), cancel) is not { } found)
        {
            return Problems.NotFound($"There is no job {id}.");
        }

        return TypedResults.Ok(found with { Job = found.Job with { Reason = await ReasonAsync(found.Job, queries, cancel) } });
    }

    // What a job that is ready waits for says also for what it is retried.
    private static async Task<string?> ReasonAsync(JobView job, IJobQueries queries, CancellationToken cancel) =>
        job is { Status: not JobStatus.Ready, Reason: { } reason } ? reason : await queries.WhyWaitingAsync(job.Id, cancel) ?? job.Reason ?? WaitReason.ForStatus(job.Status);

    private static async Task<Results<Ok<IReadOnlyList<SampleView>>, JsonHttpResult<Problem>>> SamplesAsync(
        long id, int number, IJobQueries queries, CancellationToken cancel,
        [Description("At most so many, 1 to 2,000; of several that lie next to each other come mean, lowest and highest.")] int points = Downsampling.MostPoints) =>
        points is >= 1 and <= Downsampling.MostPoints
            ? TypedResults.Ok(await queries.SamplesAsync(new AttemptId(new JobId(id), number), points, cancel))
            : Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Too few or too many points", $"Ask for 1 to {Downsampling.MostPoints} points, not {points}.");

    private static async Task<Results<Ok<IReadOnlyList<JobUseView>>, JsonHttpResult<Problem>>> JobResourcesAsync(
        long id, HttpContext context, ResourceQueries queries, CancellationToken cancel,
        [Description("At most so many, 1 to 10,000.")] int limit = 1_000,
        [Description("Where to go on: the link to the next page has it.")] long? cursor = null)
    {
        if (limit is < 1 or > 10_000)
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a page", $"A page has 1 to 10,000 entries, not {limit}.");
        }

        return await queries.JobsAsync(new WorkflowId(id), cursor, limit + 1, cancel) is { } found
            ? TypedResults.Ok(NextPage.Cut(context, found, limit, job => job.Position.ToString(CultureInfo.InvariantCulture)))
            : Problems.NotFound($"There is no workflow {id}.");
    }

    private static async Task<Results<Ok<IReadOnlyList<ResourceUseView>>, JsonHttpResult<Problem>>> ResourcesAsync(long id, ResourceQueries queries, CancellationToken cancel) =>
        await queries.OfAsync(new WorkflowId(id), cancel) is { } found ? TypedResults.Ok(found) : Problems.NotFound($"There is no workflow {id}.");
}
