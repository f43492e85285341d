using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>
/// Stores commits, each in one transaction with prepared commands on a connection of its own. Used by the engine's loop
/// alone, so it is not safe for several threads.
/// </summary>
internal sealed class CommitStore(Func<TorcDbContext> open) : IAsyncDisposable
{
    /// <summary>An attempt that was over sooner has no samples.</summary>
    private static readonly TimeSpan LeastSampled = TimeSpan.FromMilliseconds(100);

    private TorcDbContext? _db;
    private PreparedCommands? _commands;

    /// <summary>The numbers of the newest events, by workflow, as far as this connection has written some. Nobody else writes any.</summary>
    private readonly Dictionary<WorkflowId, long> _lastEvents = [];

    private readonly SampleStore _samples = new();

    /// <summary>Stores all of it or nothing.</summary>
    /// <exception cref="DbException">It was not stored.</exception>
    public async Task WriteAsync(Commit commit, CancellationToken cancel)
    {
        try
        {
            var commands = await CommandsAsync(cancel);
            await using var transaction = await _db!.Database.BeginTransactionAsync(cancel);
            commands.Enlist(transaction.GetDbTransaction());
            await WriteAsync(commands, commit, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch
        {
            // Whatever state the connection is in, the next commit begins with a fresh one.
            await CloseAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<PreparedCommands> CommandsAsync(CancellationToken cancel)
    {
        if (_commands is null)
        {
            _db = open();
            await _db.Database.OpenConnectionAsync(cancel);
            _commands = new PreparedCommands((SqliteConnection)_db.Database.GetDbConnection());
        }

        return _commands;
    }

    private async Task CloseAsync()
    {
        // A transaction that failed has stored none of what was counted.
        _lastEvents.Clear();
        _samples.Forget();
        _commands?.Dispose();
        _commands = null;
        if (_db is not null)
        {
            await _db.DisposeAsync();
            _db = null;
        }
    }

    private async Task WriteAsync(PreparedCommands commands, Commit commit, CancellationToken cancel)
    {
        foreach (var created in commit.NewWorkflows)
        {
            await DefinitionWriter.InsertAsync(commands, created, cancel);
        }

        foreach (var revision in commit.Revisions)
        {
            await DefinitionWriter.ReviseAsync(commands, revision, cancel);
        }

        foreach (var workflow in commit.Workflows.Values)
        {
            await commands.RunAsync(
                "UPDATE workflows SET status = @status, run = @run, spec_version = @spec_version, version = @version, started_at = @started_at, ended_at = @ended_at, archived_at = @archived_at WHERE id = @id",
                cancel,
                (int)workflow.State.Status,
                workflow.State.Run,
                workflow.Head.SpecVersion,
                workflow.State.Version,
                Instant(workflow.Head.StartedAt),
                Instant(workflow.Head.EndedAt),
                Instant(workflow.Head.ArchivedAt),
                workflow.State.Id.Value);
        }

        await WriteRunsAsync(commands, commit, cancel);
        foreach (var job in commit.Jobs.Values)
        {
            await commands.RunAsync(
                """
                UPDATE jobs SET status = @status, attempt = @attempt, node_id = @node_id, failed_blocker_id = @failed_blocker_id, stop_reason = @stop_reason,
                    losses = @losses, again = @again, reuse = @reuse, retries = @retries, raises = @raises, raised_memory_bytes = @raised_memory_bytes,
                    raised_runtime = @raised_runtime, retry = @retry, version = @version
                WHERE id = @id
                """,
                cancel,
                (int)job.Status,
                job.Attempt,
                job.Node?.Value,
                job.FailedBlocker?.Value,
                job.StopReason,
                job.Losses,
                job.Again,
                (int)job.Reuse,
                job.Retries,
                job.Raises,
                job.RaisedMemory.Bytes,
                Milliseconds(job.RaisedRuntime),
                RetryColumn.Write(job.Retry),
                job.Version,
                job.Id.Value);
        }

        await WriteAttemptsAsync(commands, commit, cancel);
        await WriteNodesAsync(commands, commit, cancel);
        await WriteDataAsync(commands, commit, cancel);
        foreach (var request in commit.Requests)
        {
            await commands.RunAsync("DELETE FROM requests WHERE at <= @at", cancel, Instant(request.At - EngineState.RequestsAreKept));
            await commands.RunAsync(
                "INSERT INTO requests (request_key, fingerprint, workflow_id, at) VALUES (@request_key, @fingerprint, @workflow_id, @at)",
                cancel,
                request.Key.Key,
                request.Key.Fingerprint,
                request.Workflow.Value,
                Instant(request.At));
        }

        // Last of all: what the same commit has written of them goes as well.
        foreach (var (workflow, by, at) in commit.Deletions)
        {
            await DeletionWriter.DeleteAsync(commands, workflow.Id, by, at, cancel);
            _lastEvents.Remove(workflow.Id);
        }
    }

    private static async Task WriteAttemptsAsync(PreparedCommands commands, Commit commit, CancellationToken cancel)
    {
        foreach (var attempt in commit.NewAttempts.Values)
        {
            await commands.RunAsync(
                """
                INSERT INTO attempts (job_id, number, workflow_id, run, spec_version, node_id, assigned_at, fingerprint, started_at, ended_at, outcome, exit_code, detail, cpu_time, peak_memory_bytes, usage_summary, stdout_bytes, stderr_bytes, logs_due_on)
                SELECT @job_id, @number, workflow_id, @run, @spec_version, @node_id, @assigned_at, @fingerprint, @started_at, @ended_at, @outcome, @exit_code, @detail, @cpu_time, @peak_memory_bytes, @usage_summary, @stdout_bytes, @stderr_bytes, @logs_due_on
                FROM jobs WHERE id = @of_job
                """,
                cancel,
                [
                    attempt.Id.Job.Value, attempt.Id.Number, attempt.Run, attempt.SpecVersion, attempt.Node.Value, Instant(attempt.AssignedAt),
                    attempt.Fingerprint is { } fingerprint ? JsonSerializer.Serialize(fingerprint, StoreJson.Default.Fingerprint) : null,
                    .. Course(attempt), attempt.Id.Job.Value,
                ]);
        }

        foreach (var attempt in commit.Attempts.Values)
        {
            await commands.RunAsync(
                """
                UPDATE attempts SET started_at = @started_at, ended_at = @ended_at, outcome = @outcome, exit_code = @exit_code, detail = @detail,
                    cpu_time = @cpu_time, peak_memory_bytes = @peak_memory_bytes, usage_summary = @usage_summary, stdout_bytes = @stdout_bytes, stderr_bytes = @stderr_bytes, logs_due_on = @logs_due_on
                WHERE job_id = @job_id AND number = @number
                """,
                cancel,
                [.. Course(attempt), attempt.Id.Job.Value, attempt.Id.Number]);
        }

        var ended = commit.NewAttempts.Values.Concat(commit.Attempts.Values).Where(attempt => attempt.Files is not null).Select(attempt => (attempt.Id, Files: attempt.Files!));
        foreach (var (attempt, files) in commit.Files.Select(seen => (Id: seen.Attempt, seen.Files)).Concat(ended))
        {
            await WriteFilesAsync(commands, attempt, ArtifactRole.InputFile, files.Inputs, cancel);
            await WriteFilesAsync(commands, attempt, ArtifactRole.OutputFile, files.Outputs, cancel);
        }
    }

    private static async Task WriteFilesAsync(PreparedCommands commands, AttemptId attempt, ArtifactRole role, IReadOnlyList<RecordedFile> files, CancellationToken cancel)
    {
        foreach (var file in files)
        {
            // A spec may name a path twice, and an agent that was started anew tells the first parts of many files again.
            await commands.RunAsync(
                """
                INSERT INTO attempt_files (job_id, attempt, role, path, state, identity, was_changed_meanwhile)
                SELECT @job_id, @attempt, @role, @path, @state, @identity, @was_changed_meanwhile
                WHERE NOT EXISTS (SELECT 1 FROM attempt_files WHERE job_id = @same_job AND attempt = @same_attempt AND role = @same_role AND path = @same_path)
                """,
                cancel,
                attempt.Job.Value,
                attempt.Number,
                (int)role,
                file.Path,
                (int)file.State,
                file.Identity?.ToString(),
                file.WasChangedMeanwhile,
                attempt.Job.Value,
                attempt.Number,
                (int)role,
                file.Path);
        }
    }

    private static async Task WriteRunsAsync(PreparedCommands commands, Commit commit, CancellationToken cancel)
    {
        foreach (var run in commit.NewRuns)
        {
            await commands.RunAsync(
                """
                INSERT INTO runs (workflow_id, number, scope, started_by, started_at, status, spec_version, jobs)
                VALUES (@workflow_id, @number, @scope, @started_by, @started_at, @status, @spec_version, @jobs)
                """,
                cancel,
                run.Workflow.Value,
                run.Number,
                (int?)run.Scope,
                run.By,
                Instant(run.At),
                (int)WorkflowStatus.Running,
                run.SpecVersion,
                run.Jobs);
        }

        foreach (var workflow in commit.Workflows.Values.Where(workflow => workflow.Head.EndedAt is not null))
        {
            await commands.RunAsync(
                "UPDATE runs SET status = @status, ended_at = @ended_at WHERE workflow_id = @workflow_id AND number = @number",
                cancel,
                (int)workflow.State.Status,
                Instant(workflow.Head.EndedAt),
                workflow.State.Id.Value,
                workflow.State.Run);
        }
    }

    // From started_at to logs_due_on.
    private static object?[] Course(AttemptRecord attempt) =>
    [
        Instant(attempt.StartedAt),
        Instant(attempt.EndedAt),
        (int?)attempt.Outcome?.Kind,
        attempt.Outcome?.ExitCode,
        attempt.Outcome?.Detail,
        Milliseconds(attempt.Usage?.CpuTime),
        // Nobody saw the memory of an attempt that was over before it could be measured.
        attempt.Usage is { PeakMemory.Bytes: > 0 } used ? used.PeakMemory.Bytes : null,
        attempt.Usage?.Summary is { } summary ? JsonSerializer.Serialize(summary, TorcJson.Default.UsageSummary) : null,
        attempt.Logs?.Stdout,
        attempt.Logs?.Stderr,
        attempt.Logs is null or { IsEmpty: true } ? null : attempt.Node.Value,
    ];

    private static async Task WriteNodesAsync(PreparedCommands commands, Commit commit, CancellationToken cancel)
    {
        foreach (var node in commit.NewNodes.Values)
        {
            await commands.RunAsync(
                """
                INSERT INTO nodes (id, agent_id, name, agent_version, cpus, memory_bytes, gpus, max_parallel_jobs, scheduler, labels, epoch, connection, last_heard_at)
                VALUES (@id, @agent_id, @name, @agent_version, @cpus, @memory_bytes, @gpus, @max_parallel_jobs, @scheduler, @labels, @epoch, @connection, @last_heard_at)
                """,
                cancel,
                node.Id.Value,
                node.AgentId,
                node.Name,
                node.AgentVersion,
                node.Ledger.Capacity.Cpus,
                node.Ledger.Capacity.Memory.Bytes,
                node.Ledger.Capacity.Gpus,
                node.Ledger.Capacity.MaxParallelJobs,
                node.Ledger.Capacity.Scheduler,
                LabelColumn.Write(node.Ledger.Capacity.Labels),
                node.Session.Epoch,
                node.Session.Connection,
                Instant(node.LastHeard));
        }

        foreach (var node in commit.Nodes.Values)
        {
            await commands.RunAsync(
                """
                UPDATE nodes SET name = @name, agent_version = @agent_version, cpus = @cpus, memory_bytes = @memory_bytes, gpus = @gpus,
                    max_parallel_jobs = @max_parallel_jobs, scheduler = @scheduler, labels = @labels, epoch = @epoch, connection = @connection, last_heard_at = @last_heard_at
                WHERE id = @id
                """,
                cancel,
                node.Name,
                node.AgentVersion,
                node.Ledger.Capacity.Cpus,
                node.Ledger.Capacity.Memory.Bytes,
                node.Ledger.Capacity.Gpus,
                node.Ledger.Capacity.MaxParallelJobs,
                node.Ledger.Capacity.Scheduler,
                LabelColumn.Write(node.Ledger.Capacity.Labels),
                node.Session.Epoch,
                node.Session.Connection,
                Instant(node.LastHeard),
                node.Id.Value);
        }
    }

    private async Task WriteDataAsync(PreparedCommands commands, Commit commit, CancellationToken cancel)
    {
        foreach (var sample in commit.Samples)
        {
            await _samples.WriteAsync(commands, sample.Attempt, sample.Point, cancel);
        }

        foreach (var (node, point) in commit.NodeSamples)
        {
            await _samples.WriteAsync(commands, node, point, cancel);
        }

        foreach (var attempt in commit.Attempts.Values.Where(attempt => attempt.Outcome is not null && attempt.EndedAt - attempt.StartedAt >= LeastSampled))
        {
            await _samples.PackAsync(commands, attempt.Id, cancel);
        }

        foreach (var data in commit.UserData)
        {
            await WriteUserDataAsync(commands, data, cancel);
        }

        foreach (var digest in commit.Digests)
        {
            object?[] key = [digest.Workflow.Value, digest.Path, digest.Identity.ToString()];
            if (await commands.RunAsync(
                "UPDATE contents SET digest = @digest, read_at = @read_at WHERE workflow_id = @workflow_id AND path = @path AND identity = @identity",
                cancel,
                [digest.Digest, Instant(digest.At), .. key]) == 0)
            {
                await commands.RunAsync(
                    "INSERT INTO contents (workflow_id, path, identity, digest, read_at) VALUES (@workflow_id, @path, @identity, @digest, @read_at)",
                    cancel,
                    [.. key, digest.Digest, Instant(digest.At)]);
            }
        }

        foreach (var attempt in commit.LogsFetched)
        {
            await commands.RunAsync("UPDATE attempts SET logs_due_on = NULL WHERE job_id = @job_id AND number = @number", cancel, attempt.Job.Value, attempt.Number);
        }

        foreach (var posted in commit.Events)
        {
            posted.Number = await NumberOfAsync(commands, posted, cancel);
            if (posted.Number is not null)
            {
                // Posted before; only the answer was lost.
                continue;
            }

            posted.Number = await NextEventAsync(commands, posted.Workflow, cancel);
            if (posted.Number is { } number)
            {
                // Only what is posted from outside does not know the run, and is rare.
                object? run = posted.Run ?? await commands.ReadAsync("SELECT run FROM workflows WHERE id = @id", cancel, posted.Workflow.Value);
                await commands.RunAsync(
                    """
                    INSERT INTO events (workflow_id, number, at, run, type, data, job_id, attempt, node_id, post_key)
                    VALUES (@workflow_id, @number, @at, @run, @type, @data, @job_id, @attempt, @node_id, @post_key)
                    """,
                    cancel,
                    posted.Workflow.Value,
                    number,
                    Instant(posted.At),
                    run,
                    posted.Type,
                    posted.Data,
                    posted.Job?.Value,
                    posted.Attempt,
                    posted.Node?.Value,
                    posted.Key);
            }
        }
    }

    private static async Task WriteUserDataAsync(PreparedCommands commands, UserDataPost data, CancellationToken cancel)
    {
        data.Stored = await commands.RunAsync(
            "UPDATE user_data SET data = @data WHERE workflow_id = @workflow_id AND name = @name", cancel, data.Data, data.Workflow.Value, data.Name) > 0;
        if (!data.Stored)
        {
            return;
        }

        // What an attempt stored last is what it stored: the values on the way are nobody's result.
        object run = (data.By is { } by
            ? await commands.ReadAsync("SELECT run FROM attempts WHERE job_id = @job_id AND number = @number", cancel, by.Job.Value, by.Number)
            : null) ?? (await commands.ReadAsync("SELECT run FROM workflows WHERE id = @id", cancel, data.Workflow.Value))!;
        object?[] key = [data.Workflow.Value, data.Name, run, data.By?.Job.Value ?? 0, data.By?.Number ?? 0];
        if (await commands.RunAsync(
            """
            UPDATE user_data_values SET at = @at, data = @data
            WHERE workflow_id = @workflow_id AND name = @name AND run = @run AND job_id = @job_id AND attempt = @attempt
            """,
            cancel,
            [Instant(data.At), data.Data, .. key]) == 0)
        {
            await commands.RunAsync(
                "INSERT INTO user_data_values (workflow_id, name, run, job_id, attempt, at, data) VALUES (@workflow_id, @name, @run, @job_id, @attempt, @at, @data)",
                cancel,
                [.. key, Instant(data.At), data.Data]);
        }
    }

    /// <returns>The number of the next event of a workflow; null if there is no such workflow.</returns>
    private async Task<long?> NextEventAsync(PreparedCommands commands, WorkflowId workflow, CancellationToken cancel)
    {
        if (!_lastEvents.TryGetValue(workflow, out long last))
        {
            object? stored = await commands.ReadAsync(
                "SELECT COALESCE((SELECT MAX(number) FROM events WHERE workflow_id = @of_workflow), 0) FROM workflows WHERE id = @id", cancel, workflow.Value, workflow.Value);
            if (stored is null)
            {
                return null;
            }

            last = Convert.ToInt64(stored, CultureInfo.InvariantCulture);
        }

        return _lastEvents[workflow] = last + 1;
    }

    private static async Task<long?> NumberOfAsync(PreparedCommands commands, EventPost posted, CancellationToken cancel)
    {
        object? number = posted.Key is null
            ? null
            : await commands.ReadAsync("SELECT number FROM events WHERE workflow_id = @workflow_id AND post_key = @post_key", cancel, posted.Workflow.Value, posted.Key);
        return number is null ? null : Convert.ToInt64(number, CultureInfo.InvariantCulture);
    }

    private static long? Instant(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    private static long? Milliseconds(TimeSpan? duration) => (long?)duration?.TotalMilliseconds;
}
