using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Web.Api;

namespace Torc.Web.Jobs;

/// <summary>What programs may ask about one job.</summary>
internal static class JobEndpoints
{
    private const int MaxTailLines = 2_000;

    public static void MapTorcJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/v1/jobs/{id:long}");
        jobs.MapGet("/", FindAsync);
        jobs.MapGet("/attempts/{number:int}/samples", SamplesAsync);
        jobs.MapGet("/attempts/{number:int}/log", LogAsync);
    }

    private static async Task<Results<Ok<JobDetails>, JsonHttpResult<Problem>>> FindAsync(long id, IJobQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(new JobId(id), cancel) is { } found
            ? TypedResults.Ok(found with { Job = found.Job with { Reason = await ReasonAsync(found.Job, queries, cancel) } })
            : Problems.NotFound($"There is no job {id}.");

    // What a job that is ready waits for says also for what it is retried.
    private static async Task<string?> ReasonAsync(JobView job, IJobQueries queries, CancellationToken cancel) =>
        job is { Status: not JobStatus.Ready, Reason: { } reason } ? reason : await queries.WhyWaitingAsync(job.Id, cancel) ?? job.Reason ?? WaitReason.ForStatus(job.Status);

    private static async Task<Ok<IReadOnlyList<SampleView>>> SamplesAsync(long id, int number, IJobQueries queries, CancellationToken cancel) =>
        TypedResults.Ok(await queries.SamplesAsync(new AttemptId(new JobId(id), number), cancel));

    private static async Task<Results<Utf8ContentHttpResult, JsonHttpResult<Problem>>> LogAsync(
        long id,
        int number,
        LogReader logs,
        CancellationToken cancel,
        string stream = "stdout",
        [FromQuery(Name = "tail_lines")] int tailLines = 100)
    {
        if (!Enum.TryParse(stream, ignoreCase: true, out LogStream kind) || tailLines is < 1 or > MaxTailLines)
        {
            return Problems.Refused(StatusCodes.Status400BadRequest, "Not a part of a log", $"stream is stdout or stderr, tail_lines is 1 to {MaxTailLines}");
        }

        var log = await logs.TailAsync(new AttemptId(new JobId(id), number), kind, tailLines, cancel);
        return log.Missing is { } why ? Problems.NotFound(why) : TypedResults.Text(log.Content, "text/plain; charset=utf-8");
    }
}
