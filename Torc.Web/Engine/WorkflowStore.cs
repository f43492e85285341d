using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>Reads what the engine needs to go on: workflows that have not ended, nodes, the greatest ids.</summary>
internal sealed class WorkflowStore(Func<TorcDbContext> open)
{
    private static readonly Dictionary<string, string> EmptyEnv = [];

    private Task<StoredState>? _begun;

    /// <summary>Begins to load while the rest of the server is put together; the first <see cref="LoadAsync"/> gets what comes of it.</summary>
    public void BeginLoading(CancellationToken cancel) => _begun = Task.Run(() => ReadAsync(cancel), cancel);

    public Task<StoredState> LoadAsync(CancellationToken cancel) => Interlocked.Exchange(ref _begun, null) ?? ReadAsync(cancel);

    private async Task<StoredState> ReadAsync(CancellationToken cancel)
    {
        // Not by the model: its first queries cost more than all the rows of a large workflow.
        var nodes = await RowReading.ReadAsync(
            open, "SELECT id, agent_id, name, agent_version, epoch, connection, cpus, memory_bytes, gpus, last_heard_at, max_parallel_jobs, scheduler, labels FROM nodes", workflow: null, Node, cancel);
        var live = await RowReading.ReadAsync(
            open,
            """
            SELECT id, name, project, user_name, description, status, run, spec_version, early_cutoff, use_pending_failed, recovery, working_directory,
                sample_every_seconds, created_at, started_at, ended_at, version, sort_method, archived_at
            FROM workflows WHERE status IN (0, 1) ORDER BY id
            """,
            workflow: null,
            Workflow,
            cancel);
        var workflows = new List<ActiveWorkflow>(live.Count);
        foreach (var row in live)
        {
            workflows.Add(await LoadOneAsync(row, cancel));
        }

        return new StoredState(
            workflows,
            nodes,
            await GreatestAsync("SELECT MAX(COALESCE((SELECT MAX(id) FROM workflows), 0), COALESCE((SELECT MAX(workflow_id) FROM deleted_workflows), 0))", cancel),
            await GreatestAsync("SELECT MAX(COALESCE((SELECT MAX(id) FROM jobs), 0), COALESCE((SELECT MAX(last_job_id) FROM deleted_workflows), 0))", cancel),
            nodes.Select(node => node.Id.Value).DefaultIfEmpty(0).Max(),
            await RowReading.ReadAsync(
                open,
                "SELECT request_key, fingerprint, workflow_id, at FROM requests",
                workflow: null,
                row => new KeptRequest(new RequestKey(row.GetString(0), row.GetString(1)), new WorkflowId(row.GetInt64(2)), row.Instant(3)!.Value),
                cancel));
    }

    // Of what was deleted too: its agents and its logs are named by these numbers, and nothing else may ever be.
    private async Task<long> GreatestAsync(string sql, CancellationToken cancel) => (await RowReading.ReadAsync(open, sql, workflow: null, row => row.GetInt64(0), cancel))[0];

    /// <returns>The workflow's spec, resolved; null if there is no such workflow.</returns>
    public async Task<WorkflowDefinition?> DefinitionAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        var row = await db.Workflows.AsNoTracking().FirstOrDefaultAsync(row => row.Id == workflow.Value, cancel);
        return row is null ? null : (await DefineAsync(row, cancel)).Definition;
    }

    /// <param name="version">From 1; null for the newest.</param>
    /// <returns>The text that the workflow was made from; null if there is no such workflow or version.</returns>
    public async Task<StoredSpec?> SpecAsync(WorkflowId workflow, int? version, CancellationToken cancel)
    {
        await using var db = open();
        var found = await db.Specs.AsNoTracking()
            .Where(row => row.WorkflowId == workflow.Value && (version == null || row.Number == version))
            .OrderByDescending(row => row.Number)
            .FirstOrDefaultAsync(cancel);
        return found is null ? null : new StoredSpec(found.Number, new SpecSource(found.FileName, found.Text));
    }

    /// <returns>The workflow as it is stored; null if there is none.</returns>
    public async Task<ActiveWorkflow?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        while (await db.Workflows.AsNoTracking().FirstOrDefaultAsync(row => row.Id == workflow.Value, cancel) is { } row)
        {
            var loaded = await LoadOneAsync(row, cancel);
            if (await db.Workflows.Where(now => now.Id == row.Id).Select(now => now.Version).FirstAsync(cancel) == row.Version)
            {
                return loaded;
            }

            // The engine wrote meanwhile, and what was read is of two moments.
        }

        return null;
    }

    /// <returns>Those of the attempts whose end is stored.</returns>
    public async Task<IReadOnlySet<AttemptId>> EndedAsync(IReadOnlyCollection<AttemptId> attempts, CancellationToken cancel)
    {
        var ended = new HashSet<AttemptId>();
        if (attempts.Count > 0)
        {
            await using var db = open();
            long[] jobs = [.. attempts.Select(attempt => attempt.Job.Value).Distinct()];
            var rows = await db.Attempts.AsNoTracking()
                .Where(row => jobs.Contains(row.JobId) && row.Outcome != null)
                .Select(row => new { row.JobId, row.Number })
                .ToListAsync(cancel);
            ended.UnionWith(rows.Select(row => new AttemptId(new JobId(row.JobId), row.Number)));
        }

        return ended;
    }

    /// <returns>All attempts that a workflow ever had.</returns>
    public async Task<IReadOnlyList<AttemptId>> AttemptsAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        var rows = await db.Attempts.AsNoTracking().Where(row => row.WorkflowId == workflow.Value).Select(row => new { row.JobId, row.Number }).ToListAsync(cancel);
        return [.. rows.Select(row => new AttemptId(new JobId(row.JobId), row.Number))];
    }

    /// <returns>Who deleted a workflow; null if it is there, or never was.</returns>
    public async Task<DeletedWorkflow?> DeletedAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        var found = await db.DeletedWorkflows.AsNoTracking().FirstOrDefaultAsync(row => row.WorkflowId == workflow.Value, cancel);
        return found is null ? null : new DeletedWorkflow(workflow, found.Name, found.DeletedBy, found.DeletedAt);
    }

    private async Task<ActiveWorkflow> LoadOneAsync(WorkflowRow row, CancellationToken cancel)
    {
        var loadingAttempts = RowReading.ReadAsync(
            open,
            """
            SELECT a.job_id, a.number, a.run, a.spec_version, a.node_id, a.assigned_at, a.started_at, a.ended_at, a.outcome, a.exit_code, a.detail, a.cpu_time, a.peak_memory_bytes
            FROM attempts a JOIN jobs j ON j.id = a.job_id AND j.attempt = a.number
            WHERE a.workflow_id = @workflow
            """,
            row.Id,
            Attempt,
            cancel);
        var (jobs, definition) = await DefineAsync(row, cancel);
        var attempts = (await loadingAttempts).ToDictionary(attempt => attempt.Id.Job.Value);
        var states = jobs.Select(job => new JobState(
            new JobId(job.Id),
            job.Status,
            job.Attempt,
            job.NodeId is { } node ? new NodeId(node) : null,
            attempts.TryGetValue(job.Id, out var attempt) && (job.Status.HasEnded() || job.Status == JobStatus.PendingFailed) ? attempt.Outcome : null,
            job.FailedBlockerId is { } blocker ? new JobId(blocker) : null,
            job.StopReason,
            job.Losses,
            job.Again,
            job.Reuse,
            job.Retries,
            job.Raises,
            new MemorySize(job.RaisedMemoryBytes),
            job.RaisedRuntime,
            RetryColumn.Read(job.Retry),
            job.Version));
        var workflow = new ActiveWorkflow(
            new WorkflowHead(new WorkflowId(row.Id), row.WorkingDirectory, row.CreatedAt, row.StartedAt, row.EndedAt, row.SpecVersion, row.ArchivedAt),
            new WorkflowState(new WorkflowId(row.Id), definition, states, row.Status, row.Run, row.Version, row.ArchivedAt is not null));
        foreach (var job in jobs)
        {
            if (attempts.TryGetValue(job.Id, out var newest))
            {
                workflow.Put(job.Position, newest);
            }
        }

        var values = await RowReading.ReadAsync(
            open, "SELECT name, data FROM user_data WHERE workflow_id = @workflow", row.Id, value => (Name: value.GetString(0), Data: value.Text(1)), cancel);
        values.ForEach(value => workflow.PutData(value.Name, value.Data));

        return workflow;
    }

    private async Task<(List<JobRow> Jobs, WorkflowDefinition Definition)> DefineAsync(WorkflowRow row, CancellationToken cancel)
    {
        var loadingJobs = RowReading.ReadAsync(
            open,
            """
            SELECT id, position, name, command, invocation_script, requirements, priority, cancel_on_blocking_job_failure, on_lost, env, status, attempt, node_id,
                failed_blocker_id, stop_reason, losses, again, reuse, version, failure_rules, retries, raises, raised_memory_bytes, raised_runtime, retry, action_trigger, template, parameters
            FROM jobs WHERE workflow_id = @workflow AND removed_in IS NULL ORDER BY position
            """,
            row.Id,
            Job,
            cancel);
        var loadingGraph = loadingJobs.ContinueWith(
            async jobs =>
            {
                var edges = await RowReading.ReadAsync(
                    open, "SELECT blocker, job FROM dependencies WHERE workflow_id = @workflow", row.Id, edge => (Blocker: edge.GetInt32(0), Job: edge.GetInt32(1)), cancel);
                return WorkflowGraph.TryBuild((await jobs).Count, edges) ?? throw new InvalidDataException($"the stored jobs of workflow {row.Id} wait for each other in a circle");
            },
            TaskScheduler.Default).Unwrap();
        var files = await RowReading.ReadAsync(
            open, "SELECT name, path FROM files WHERE workflow_id = @workflow ORDER BY position", row.Id, file => new FileDefinition(file.GetString(0), file.GetString(1)), cancel);
        var data = await RowReading.ReadAsync(
            open,
            "SELECT name, initial, is_ephemeral FROM user_data WHERE workflow_id = @workflow ORDER BY position",
            row.Id,
            entry => new UserDataDefinition(entry.GetString(0), entry.Text(1), entry.GetBoolean(2)),
            cancel);
        var requirements = (await RowReading.ReadAsync(
            open, "SELECT position, name, cpus, memory_bytes, gpus, nodes, runtime, label, scheduler FROM requirements WHERE workflow_id = @workflow", row.Id, Requirements, cancel))
            .ToDictionary(entry => entry.Position);
        var artifacts = await RowReading.ReadAsync(
            open,
            "SELECT job, role, artifact FROM job_artifacts WHERE workflow_id = @workflow ORDER BY job, role, artifact",
            row.Id,
            artifact => (Job: artifact.GetInt32(0), Role: (ArtifactRole)artifact.GetInt32(1), Artifact: artifact.GetInt32(2)),
            cancel);
        var jobs = await loadingJobs;
        var byRole = new ArtifactsByRole(artifacts);
        var rules = new RulesByText();
        var templates = new SameTexts();
        return (jobs, new WorkflowDefinition(
            row.Name,
            row.Project,
            row.UserName,
            row.Description,
            new MonitorDefinition(row.SampleEverySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            [.. jobs.Select(job => new JobDefinition(
                job.Name,
                job.Command,
                job.InvocationScript,
                requirements[job.Requirements].Needs,
                requirements[job.Requirements].Name,
                job.Priority,
                job.CancelOnBlockingJobFailure,
                job.Env is { } env ? JsonSerializer.Deserialize(env, StoreJson.Default.DictionaryStringString)! : EmptyEnv,
                byRole.Of(job.Position, ArtifactRole.InputFile),
                byRole.Of(job.Position, ArtifactRole.OutputFile),
                byRole.Of(job.Position, ArtifactRole.InputData),
                byRole.Of(job.Position, ArtifactRole.OutputData),
                job.OnLost,
                rules.Of(job.FailureRules),
                job.ActionTrigger,
                job.Template is { } template ? templates.GetOrAdd(template) : null,
                job.Parameters))],
            files,
            data,
            await loadingGraph,
            row.EarlyCutoff,
            row.UsePendingFailed,
            row.Recovery,
            row.SortMethod));
    }

    private static NodeState Node(DbDataReader row) => new(
        new NodeId(row.GetInt64(0)),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        new AgentSession(row.GetInt32(4), row.GetInt32(5)),
        new NodeCapacity(row.GetInt32(6), new MemorySize(row.GetInt64(7)), row.GetInt32(8), MaxParallelJobs: row.Int(10), Scheduler: row.Text(11), Labels: LabelColumn.Read(row.Text(12))),
        row.Instant(9)!.Value);

    private static WorkflowRow Workflow(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        Project = row.Text(2),
        UserName = row.Text(3),
        Description = row.Text(4),
        Status = (WorkflowStatus)row.GetInt32(5),
        Run = row.GetInt32(6),
        SpecVersion = row.GetInt32(7),
        EarlyCutoff = row.GetBoolean(8),
        UsePendingFailed = row.GetBoolean(9),
        Recovery = (Recovery)row.GetInt32(10),
        WorkingDirectory = row.GetString(11),
        SampleEverySeconds = row.Int(12),
        CreatedAt = row.Instant(13)!.Value,
        StartedAt = row.Instant(14),
        EndedAt = row.Instant(15),
        Version = row.GetInt64(16),
        SortMethod = (SortMethod)row.GetInt32(17),
        ArchivedAt = row.Instant(18),
    };

    private static JobRow Job(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Position = row.GetInt32(1),
        Name = row.GetString(2),
        Command = row.GetString(3),
        InvocationScript = row.Text(4),
        Requirements = row.GetInt32(5),
        Priority = row.GetInt32(6),
        CancelOnBlockingJobFailure = row.GetBoolean(7),
        OnLost = (OnLost)row.GetInt32(8),
        Env = row.Text(9),
        Status = (JobStatus)row.GetInt32(10),
        Attempt = row.GetInt32(11),
        NodeId = row.Long(12),
        FailedBlockerId = row.Long(13),
        StopReason = row.Text(14),
        Losses = row.GetInt32(15),
        Again = row.GetBoolean(16),
        Reuse = (Reuse)row.GetInt32(17),
        Version = row.GetInt64(18),
        FailureRules = row.Text(19),
        Retries = row.GetInt32(20),
        Raises = row.GetInt32(21),
        RaisedMemoryBytes = row.GetInt64(22),
        RaisedRuntime = TimeSpan.FromMilliseconds(row.GetInt64(23)),
        Retry = row.Text(24),
        ActionTrigger = (ActionTrigger?)row.Int(25),
        Template = row.Text(26),
        Parameters = row.Text(27),
    };

    private static (int Position, string? Name, ResourceRequirements Needs) Requirements(DbDataReader row) => (
        row.GetInt32(0),
        row.Text(1),
        new ResourceRequirements(row.GetInt32(2), new MemorySize(row.GetInt64(3)), row.GetInt32(4), row.GetInt32(5), TimeSpan.FromMilliseconds(row.GetInt64(6)), row.Text(7), row.Text(8)));

    private static AttemptRecord Attempt(DbDataReader row) => new(
        new AttemptId(new JobId(row.GetInt64(0)), row.GetInt32(1)),
        row.GetInt32(2),
        new NodeId(row.GetInt64(4)),
        row.Instant(5)!.Value,
        row.GetInt32(3),
        Fingerprint: null,
        row.Instant(6),
        row.Instant(7),
        row.Int(8) is { } kind ? new Outcome((OutcomeKind)kind, row.Int(9), row.Text(10)) : null,
        row.Long(11) is { } cpu ? new AttemptUsage(TimeSpan.FromMilliseconds(cpu), new MemorySize(row.Long(12) ?? 0)) : null);

    /// <summary>Rules of failure handlers, each read once, whatever the number of jobs that have them.</summary>
    private sealed class RulesByText
    {
        private readonly Dictionary<string, IReadOnlyList<FailureRule>> _known = [];

        public IReadOnlyList<FailureRule>? Of(string? text) =>
            text is null ? null : _known.TryGetValue(text, out var known) ? known : _known[text] = JsonSerializer.Deserialize(text, StoreJson.Default.IReadOnlyListFailureRule)!;
    }

    /// <summary>Keeps one text where many rows have the same.</summary>
    private sealed class SameTexts
    {
        private readonly Dictionary<string, string> _known = [];

        public string GetOrAdd(string text) => _known.TryGetValue(text, out string? known) ? known : _known[text] = text;
    }

    /// <summary>What jobs do with artifacts, as it was read: in the order of jobs, roles and artifacts.</summary>
    private sealed class ArtifactsByRole(List<(int Job, ArtifactRole Role, int Artifact)> rows)
    {
        private int _next;

        /// <summary>Asked for each job and role once, in their order.</summary>
        public int[] Of(int job, ArtifactRole role)
        {
            int start = _next;
            while (_next < rows.Count && rows[_next].Job == job && rows[_next].Role == role)
            {
                _next++;
            }

            int[] found = start == _next ? [] : new int[_next - start];
            for (int index = start; index < _next; index++)
            {
                found[index - start] = rows[index].Artifact;
            }

            return found;
        }
    }
}
