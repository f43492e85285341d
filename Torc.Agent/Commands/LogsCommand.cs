using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc logs</c>: prints what a job wrote.</summary>
internal static class LogsCommand
{
    private const int MostTailLines = 2_000;
    private const int LinesOfFailed = 20;
    private const int PieceBytes = 1 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var name = new Argument<string?>(JobReference.Name) { Description = "The job, by name.", Arity = ArgumentArity.ZeroOrOne };
        var follow = new Option<bool>("--follow", "-f") { Description = "Prints what is added until the job has ended." };
        var attempt = new Option<int?>("--attempt") { Description = "Which attempt, from 1. By default the newest.", HelpName = "N" };
        var errors = new Option<bool>("--err") { Description = "Prints stderr. By default stdout." };
        var tail = new Option<int?>("--tail") { Description = $"Prints the last lines only, at most {MostTailLines}.", HelpName = "N" };
        var lines = new Option<string?>("--lines") { Description = "Prints these lines only, counted from 1, such as 100-200.", HelpName = "A-B" };
        var grep = new Option<string?>("--grep") { Description = "Prints the lines that match a regular expression, each with its number.", HelpName = "RE" };
        var failed = new Option<bool>("--failed") { Description = $"Without JOB: prints the last {LinesOfFailed} lines of each job that failed." };
        var json = CommandRun.JsonLinesOption();
        var download = new Option<string?>("--download") { Description = "Writes the whole log to a file; with --failed a zip of all of them.", HelpName = "FILE" };
        var data = CommandRun.DataOption();
        var command = new Command("logs", "Prints what a job wrote: its log alone goes to standard output.")
        {
            id, name, follow, attempt, errors, tail, lines, grep, failed, json, download, data,
        };
        tail.Require(1, MostTailLines, $"--tail is 1 to {MostTailLines}; --download FILE writes the whole log.");
        lines.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } range && RangeOf(range) is null)
            {
                result.AddError("--lines is two numbers from 1, such as 100-200.");
            }
        });
        command.Validators.Add(result =>
        {
            bool isOfFailed = result.GetValue(failed);
            string[] manners =
            [
                .. result.GetValue(follow) ? ["-f"] : Array.Empty<string>(),
                .. result.GetValue(lines) is null ? Array.Empty<string>() : ["--lines"],
                .. result.GetValue(grep) is null ? Array.Empty<string>() : ["--grep"],
                .. result.GetValue(download) is null ? Array.Empty<string>() : ["--download"],
                .. result.GetResult(tail) is null || result.GetValue(follow) ? Array.Empty<string>() : ["--tail"],
            ];
            if (result.GetValue(name) is null != isOfFailed)
            {
                result.AddError(isOfFailed ? "--failed is about all jobs that failed: name none." : "Name a job, or ask for --failed.");
            }
            else if (isOfFailed && manners.Any(manner => manner != "--download"))
            {
                result.AddError($"--failed does not go with {manners.First(manner => manner != "--download")}.");
            }
            else if (manners.Length > 1)
            {
                result.AddError($"{manners[0]} does not go with {manners[1]}.");
            }
        });
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var server = new LocalServer(CommandRun.Data(parsed.GetValue(data)));
            using var client = await server.RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            var manner = LogOutput.MannerOf(parsed.GetValue(json));
            if (parsed.GetValue(failed))
            {
                return parsed.GetValue(download) is { } zip
                    ? await Download.SaveAsync(await client.DownloadFailedLogsAsync(workflow, cancel), zip, "the logs", cancel)
                    : await PrintFailedAsync(client, workflow, manner, cancel);
            }

            var job = await StartedAsync(client, workflow, parsed.GetRequiredValue(name)!, parsed.GetValue(follow), cancel);
            var asked = new AttemptId(job.Id, parsed.GetValue(attempt) ?? Math.Max(1, job.Attempt));
            var log = new Log(client, asked, parsed.GetValue(errors) ? LogStream.Stderr : LogStream.Stdout);
            var output = new LogOutput(manner, job.Name, asked.Number, log.Stream);
            return parsed switch
            {
                _ when parsed.GetValue(download) is { } file => await Download.SaveAsync(await client.DownloadLogAsync(asked, log.Stream, cancel), file, "the log", cancel),
                _ when parsed.GetValue(grep) is { } pattern => await GrepAsync(log, pattern, output, cancel),
                _ when parsed.GetValue(follow) => await FollowAsync(log, parsed.GetValue(tail), new LogFollower(server.FindAsync), output, cancel),
                _ when parsed.GetValue(tail) is { } last => await PrintTailAsync(log, last, output, cancel),
                _ when parsed.GetValue(lines) is { } range => await PrintLinesAsync(log, RangeOf(range)!.Value, output, cancel),
                _ => await PrintAsync(log, manner, output, cancel),
            };
        });
        return command;
    }

    private static (long From, long To)? RangeOf(string range) =>
        range.Split('-') is [var from, var to]
        && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out long first)
        && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out long last)
        && first >= 1 && last >= first
            ? (first, last)
            : null;

    // Whoever wants to follow a job need not wait for its start.
    private static async Task<JobView> StartedAsync(TorcClient client, WorkflowId workflow, string name, bool isAwaited, CancellationToken cancel)
    {
        var job = await JobReference.FindAsync(client, workflow, name, cancel);
        if (isAwaited && job is { Attempt: 0, Status: not (JobStatus.Canceled or JobStatus.Disabled) })
        {
            await Console.Error.WriteLineAsync("The job has not started; waits for it.");
            while (job is { Attempt: 0, Status: not (JobStatus.Canceled or JobStatus.Disabled) })
            {
                await Task.Delay(Pause, cancel);
                job = await JobReference.FindAsync(client, workflow, name, cancel);
            }
        }

        return job;
    }

    private static async Task<ExitCode> PrintAsync(Log log, LogManner manner, LogOutput output, CancellationToken cancel)
    {
        if (manner == LogManner.Json)
        {
            // Counted here, line by line, with nothing between that is not the job's.
            return await PrintOnAsync(log, await log.PartAsync($"offset=0&length={PieceBytes}", cancel), long.MaxValue, output, cancel);
        }

        using var answer = await log.Client.DownloadLogAsync(log.Attempt, log.Stream, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        byte[] buffer = new byte[PieceBytes];
        while (!output.IsClosed && await body.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            output.Write(buffer.AsSpan(0, read));
        }

        output.End(withLineEnd: false);
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> PrintTailAsync(Log log, int last, LogOutput output, CancellationToken cancel)
    {
        var piece = await log.PartAsync($"tail_lines={Number(last)}", cancel);
        output.StartsAt(piece.Offset == 0 ? 1 : null);
        output.Write(piece.Content);
        output.End(withLineEnd: false);
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> PrintLinesAsync(Log log, (long From, long To) range, LogOutput output, CancellationToken cancel)
    {
        var first = await log.PartAsync($"from_line={Number(range.From)}&lines={Number(Math.Min(MostTailLines, range.To - range.From + 1))}", cancel);
        if (first.FirstLine > range.From && first.Content.Length > 0)
        {
            await Console.Error.WriteLineAsync($"The lines before {first.FirstLine} were not kept.");
        }

        output.StartsAt(first.FirstLine);
        return first.Content.Length == 0 || first.FirstLine > range.To
            ? throw new CommandException(ExitCode.NotFound, $"The log has no line {range.From}.")
            : await PrintOnAsync(log, first, range.To - (first.FirstLine ?? range.From) + 1, output, cancel);
    }

    /// <summary>Prints a piece and what follows it, by bytes: to find lines by their numbers again and again would go through the log each time.</summary>
    private static async Task<ExitCode> PrintOnAsync(Log log, LogPiece piece, long lines, LogOutput output, CancellationToken cancel)
    {
        while (!output.IsClosed)
        {
            int length = LengthOf(piece.Content, ref lines);
            output.Write(piece.Content.AsSpan(0, length));
            if (lines == 0 || piece.End >= piece.TotalLength || piece.Content.Length == 0)
            {
                break;
            }

            long end = piece.End;
            piece = await log.PartAsync($"offset={Number(end)}&length={PieceBytes}", cancel);
            if (piece.Offset > end)
            {
                await Console.Error.WriteLineAsync($"{piece.Offset - end} bytes were not kept.");
                output.StartsAt(null);
            }
        }

        output.End(withLineEnd: false);
        return ExitCode.Ok;
    }

    /// <param name="lines">How many are wanted; becomes how many more are.</param>
    private static int LengthOf(ReadOnlySpan<byte> content, ref long lines)
    {
        int length = 0;
        while (lines > 0 && content[length..].IndexOf((byte)'\n') is >= 0 and var end)
        {
            length += end + 1;
            lines--;
        }

        return lines == 0 ? length : content.Length;
    }

    private static async Task<ExitCode> FollowAsync(Log log, int? last, LogFollower follower, LogOutput output, CancellationToken cancel)
    {
        long offset = 0;
        if (last is { } some)
        {
            var piece = await log.PartAsync($"tail_lines={Number(some)}", cancel);
            output.StartsAt(piece.Offset == 0 ? 1 : null);
            output.Write(piece.Content);
            offset = piece.End;
        }

        try
        {
            await follower.FollowAsync(log.Attempt, log.Stream, offset, output, cancel);
        }
        finally
        {
            // Colours are set back also when somebody has seen enough.
            output.End(withLineEnd: false);
        }

        return ExitCode.Ok;
    }

    private static async Task<ExitCode> GrepAsync(Log log, string pattern, LogOutput output, CancellationToken cancel)
    {
        long count = 0;
        for (long from = 1; !output.IsClosed;)
        {
            var found = await log.Client.SearchLogAsync(log.Attempt, log.Stream, pattern, from, cancel);
            foreach (var match in found.Matches)
            {
                output.Write(match);
            }

            count = found.Count;
            if (!found.HasMore || found.Matches.Count == 0)
            {
                if (found.Note is { } words)
                {
                    await Console.Error.WriteLineAsync(Shown.Words(words));
                }

                break;
            }

            from = found.Matches[^1].Line + 1;
        }

        return count > 0 ? ExitCode.Ok : ExitCode.NotFound;
    }

    private static async Task<ExitCode> PrintFailedAsync(TorcClient client, WorkflowId workflow, LogManner manner, CancellationToken cancel)
    {
        var failed = (await client.JobsAsync(workflow, select: null, cancel))
            .Where(job => job is { Attempt: > 0, Status: JobStatus.Failed or JobStatus.Terminated or JobStatus.PendingFailed }).ToList();
        if (failed.Count == 0)
        {
            await Console.Error.WriteLineAsync($"No job of workflow {workflow} has failed.");
        }

        foreach (var job in failed)
        {
            foreach (var stream in new[] { LogStream.Stderr, LogStream.Stdout })
            {
                var log = new Log(client, new AttemptId(job.Id, job.Attempt), stream);
                var output = new LogOutput(manner, job.Name, job.Attempt, stream);
                string title = $"== {job.Name}, attempt {job.Attempt}, {(stream == LogStream.Stderr ? "stderr" : "stdout")}";
                try
                {
                    var piece = await log.PartAsync($"tail_lines={Number(LinesOfFailed)}", cancel);
                    output.WriteHeader(piece.Content.Length == 0 ? $"{title}: empty" : stream == LogStream.Stderr ? $"{title}: {job.Reason}" : title);
                    output.StartsAt(piece.Offset == 0 ? 1 : null);
                    output.Write(piece.Content);
                    output.End(withLineEnd: piece.Content is [.., not (byte)'\n']);
                }
                catch (CommandException missing) when (missing.ExitCode == ExitCode.NotFound)
                {
                    await Console.Error.WriteLineAsync(Shown.Words($"{title}: {missing.Message}"));
                }

                if (output.IsClosed)
                {
                    return ExitCode.Ok;
                }
            }
        }

        return ExitCode.Ok;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Log(TorcClient Client, AttemptId Attempt, LogStream Stream)
    {
        public Task<LogPiece> PartAsync(string part, CancellationToken cancel) => Client.LogAsync(Attempt, Stream, part, cancel);
    }
}
