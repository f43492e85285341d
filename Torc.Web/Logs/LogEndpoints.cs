using System.ComponentModel;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;
using Torc.Web.Api;
using Torc.Web.Workflows;

namespace Torc.Web.Logs;

/// <summary>What programs may ask of logs. A log is text to nobody here: it goes out as the bytes that a job wrote.</summary>
internal static class LogEndpoints
{
    /// <summary>How many lines are answered at once.</summary>
    private const int MostLines = 2_000;

    private const int FollowersAtOnce = 200;
    private const string StreamWords = "stdout or stderr.";
    private const string PlainText = "text/plain; charset=utf-8";

    private static int _followers;

    public static void MapTorcLogs(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/api/v1/jobs/{id:long}/attempts/{number:int}/log").WithTags("logs");
        log.MapGet("/", PartAsync).Describe("read_log", "Reads a part of a log", 404).Produces<string>(200, PlainText);
        log.MapGet("/search", SearchAsync).Describe("search_log", "Finds the lines of a log that match, and the first that tells of an error", 404, 422);
        log.MapGet("/stream", StreamAsync).Describe("stream_log", "Follows a log, as server-sent events", 404, 429).Produces<SseItem<LogNews>>(200, "text/event-stream");
        log.MapGet("/download", DownloadAsync).Describe("download_log", "Downloads a whole log", 404).Produces<Stream>(200, PlainText);
        routes.MapGet("/api/v1/workflows/{id:long}/logs.zip", ZipAsync)
            .WithTags("logs")
            .Describe("download_logs", "Downloads the logs of the jobs of a workflow", 404)
            .Produces<Stream>(200, "application/zip");
    }

    private static async Task<Results<Utf8ContentHttpResult, JsonHttpResult<Problem>>> PartAsync(
        long id,
        int number,
        LogDesk logs,
        HttpResponse response,
        CancellationToken cancel,
        [Description(StreamWords)] string stream = "stdout",
        [FromQuery(Name = "tail_lines"), Description("The last lines, 1 to 2,000; 100 if nothing else is asked for.")] int? tailLines = null,
        [Description("From this byte; negative counts from the end.")] long? offset = null,
        [Description("With an offset: how many bytes, 1 to 1 MiB.")] int length = LogDesk.MostBytes,
        [FromQuery(Name = "whole_lines"), Description("With an offset: leaves out what is cut at the start and at the end.")] bool wholeLines = false,
        [FromQuery(Name = "count_lines"), Description("With an offset: says in Torc-Log-First-Line in which line it begins, for which all before it is read.")] bool countLines = false,
        [FromQuery(Name = "from_line"), Description("From this line, counted from 1.")] long? fromLine = null,
        [Description("With a line: how many, 1 to 2,000.")] int lines = MostLines)
    {
        var attempt = new AttemptId(new JobId(id), number);
        bool isInRange = tailLines is null or (>= 1 and <= MostLines) && lines is >= 1 and <= MostLines && length is >= 1 and <= LogDesk.MostBytes && fromLine is null or >= 1;
        if (StreamOf(stream) is not { } kind || !isInRange || new object?[] { tailLines, offset, fromLine }.Count(asked => asked is not null) > 1)
        {
            return Problems.Refused(
                StatusCodes.Status400BadRequest,
                "Not a part of a log",
                $"stream is stdout or stderr. Ask for tail_lines (1 to {MostLines}), or for offset and length (1 to {LogDesk.MostBytes} bytes), or for from_line (from 1) and lines (1 to {MostLines}).");
        }

        var reading = (offset, fromLine) switch
        {
            ({ } from, _) => wholeLines
                ? await WholeLinesAsync(logs, attempt, kind, from, length, countLines, cancel)
                : await logs.ReadAsync(attempt, kind, from, length, cancel, countLines),
            (_, { } from) => await logs.LinesAsync(attempt, kind, from, lines, cancel),
            _ => WithNote(await logs.TailAsync(attempt, kind, tailLines ?? 100, cancel), tailLines ?? 100),
        };
        if (reading.Chunk.Missing is { } why)
        {
            return Problems.NotFound(why);
        }

        response.Headers["Torc-Log-Offset"] = Number(reading.Chunk.Offset);
        response.Headers["Torc-Log-Length"] = Number(reading.Chunk.TotalLength);
        if (reading.Chunk.FirstLine is { } line)
        {
            response.Headers["Torc-Log-First-Line"] = Number(line);
        }

        if (reading.Gap is { } gap)
        {
            response.Headers["Torc-Log-Left-Out"] = $"{Number(gap.From)}-{Number(gap.To)}";
        }

        return TypedResults.Text(reading.Chunk.Content, PlainText);
    }

    private static async Task<Results<Ok<LogMatches>, JsonHttpResult<Problem>>> SearchAsync(
        long id,
        int number,
        LogDesk logs,
        CancellationToken cancel,
        [Description("What to look for.")] string pattern = "",
        [Description(StreamWords)] string stream = "stdout",
        [Description("Whether the pattern is a regular expression; otherwise it is a text.")] bool regex = false,
        [FromQuery(Name = "ignore_case"), Description("Whether A is as good as a.")] bool ignoreCase = false,
        [FromQuery(Name = "from_line"), Description("Matches are answered from this line on, and counted everywhere.")] long fromLine = 1,
        [Description("How many are answered, 0 to 1,000.")] int limit = 100)
    {
        if (StreamOf(stream) is not { } kind || limit is < 0 or > LogSearch.MostMatches)
        {
            return Problems.Refused(StatusCodes.Status400BadRequest, "Not a search", $"stream is stdout or stderr, limit is 0 to {LogSearch.MostMatches}");
        }

        if (LogPattern.TryCreate(pattern, regex, ignoreCase, out string? problem) is not { } read)
        {
            return Problems.Refused(StatusCodes.Status422UnprocessableEntity, "Not a pattern", problem);
        }

        var answer = await logs.SearchAsync(new LogSearchRequest(new AttemptId(new JobId(id), number), kind, pattern, regex, ignoreCase, fromLine, limit), read, cancel);
        return answer.Found is { } found ? TypedResults.Ok(found) : Problems.NotFound(answer.Missing ?? "There is no log to search.");
    }

    private static async Task<IResult> StreamAsync(
        long id,
        int number,
        LogFollows follows,
        LogQueries places,
        IHostApplicationLifetime server,
        HttpContext context,
        CancellationToken cancel,
        [Description(StreamWords)] string stream = "stdout",
        [Description("From this byte; negative counts from the end. Last-Event-ID goes before it.")] long offset = 0,
        [FromHeader(Name = "Last-Event-ID"), Description("The id of the last event that is known.")] string? lastEventId = null)
    {
        var attempt = new AttemptId(new JobId(id), number);
        if (StreamOf(stream) is not { } kind)
        {
            return Problems.Refused(StatusCodes.Status400BadRequest, "Not a part of a log", "stream is stdout or stderr");
        }

        if (await places.FindAsync(attempt, cancel) is null)
        {
            return Problems.NotFound("The job has not started.");
        }

        if (Interlocked.Increment(ref _followers) > FollowersAtOnce)
        {
            Interlocked.Decrement(ref _followers);
            return Problems.Refused(StatusCodes.Status429TooManyRequests, "Too many follow logs", $"{FollowersAtOnce} logs are followed at once already. Ask for parts of this one.");
        }

        // Those who follow would keep a server from stopping.
        var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, server.ApplicationStopping);
        context.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _followers);
            over.Dispose();
            return Task.CompletedTask;
        });
        long from = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : offset;
        return TypedResults.ServerSentEvents(follows.FollowAsync(attempt, kind, from, over.Token));
    }

    private static async Task<Results<EmptyHttpResult, JsonHttpResult<Problem>>> DownloadAsync(
        long id, int number, LogDesk logs, LogQueries places, HttpContext context, CancellationToken cancel, [Description(StreamWords)] string stream = "stdout")
    {
        var attempt = new AttemptId(new JobId(id), number);
        if (StreamOf(stream) is not { } kind)
        {
            return Problems.Refused(StatusCodes.Status400BadRequest, "Not a part of a log", "stream is stdout or stderr");
        }

        var log = await LogCopy.OpenAsync(logs, attempt, kind, last: null, cancel);
        if (log.Missing is { } why)
        {
            return Problems.NotFound(why);
        }

        string job = (await places.JobAsync(attempt.Job, cancel))?.Name ?? "job";
        Attach(context.Response, PlainText, $"{SafeName.Of(job)}.{Number(number)}.{stream.ToLowerInvariant()}.log");
        // A copy that ends too early is seen to be one.
        context.Response.ContentLength = log.Length;
        await SendAsync(context, body => log.WriteAsync(body, cancel), cancel);
        return TypedResults.Empty;
    }

    private static async Task<Results<EmptyHttpResult, JsonHttpResult<Problem>>> ZipAsync(
        long id, LogDesk logs, IWorkflowQueries queries, HttpContext context, CancellationToken cancel, [Description("Only those of jobs that did not end well.")] bool failed = false)
    {
        if (await queries.FindAsync(new WorkflowId(id), cancel) is not { } workflow)
        {
            return Problems.NotFound($"There is no workflow {id}.");
        }

        var jobs = (await queries.JobsAsync(workflow.Id, cancel)).Where(job => job.Attempt > 0 && (!failed || HasFailed(job.Status))).ToList();
        Attach(context.Response, "application/zip", $"{SafeName.Of(workflow.Name)}.{Number(id)}.logs.zip");
        await SendAsync(context, body => new LogZip(logs).WriteAsync(workflow, jobs, body, cancel), cancel);
        return TypedResults.Empty;
    }

    private static bool HasFailed(JobStatus status) => status is JobStatus.Failed or JobStatus.Terminated or JobStatus.PendingFailed;

    private static void Attach(HttpResponse response, string type, string name)
    {
        response.ContentType = type;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        // Nobody knows how much follows, so none of it waits for the rest.
        response.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task SendAsync(HttpContext context, Func<Stream, Task> write, CancellationToken cancel)
    {
        try
        {
            await write(context.Response.Body);
        }
        catch (IOException) when (!cancel.IsCancellationRequested)
        {
            // What was sent cannot be taken back; that the line breaks says that it was not all.
            context.Abort();
        }
    }

    private static async Task<LogReading> WholeLinesAsync(LogDesk logs, AttemptId attempt, LogStream stream, long offset, int length, bool countLines, CancellationToken cancel)
    {
        // The byte before says whether a line begins.
        var reading = await logs.ReadAsync(attempt, stream, offset == 0 ? 0 : offset - 1, Math.Min(length + 1, LogDesk.MostBytes), cancel, countLines);
        return reading with { Chunk = LogCut.WholeLines(reading.Chunk) };
    }

    private static LogReading WithNote(LogReading reading, int lines) =>
        reading.Gap is { } gap && reading.Chunk.Offset == gap.To && reading.Chunk.Content.AsSpan().Count((byte)'\n') < lines
            ? reading with { Chunk = reading.Chunk with { Content = [.. Encoding.UTF8.GetBytes($"{gap.Words}\n"), .. reading.Chunk.Content] } }
            : reading;

    private static LogStream? StreamOf(string name) => name.ToLowerInvariant() switch
    {
        "stdout" => LogStream.Stdout,
        "stderr" => LogStream.Stderr,
        _ => null,
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
