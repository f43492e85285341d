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

    public async Task<StoredState> LoadAsync(CancellationToken cancel)
    {
        await using var db = open();
        var nodes = await db.Nodes.AsNoTracking().ToListAsync(cancel);
        var live = await db.Workflows.AsNoTracking()
            .Where(row => row.Status == WorkflowStatus.Uninitialized || row.Status == WorkflowStatus.Running)
            .OrderBy(row => row.Id)
            .ToListAsync(cancel);
        var workflows = new List<ActiveWorkflow>(live.Count);
        foreach (var row in live)
        {
            workflows.Add(await LoadAsync(db, row, cancel));
        }

        return new StoredState(
            workflows,
            [.. nodes.Select(Node)],
            await db.Workflows.MaxAsync(row => (long?)row.Id, cancel) ?? 0,
            await db.Jobs.MaxAsync(row => (long?)row.Id, cancel) ?? 0,
            nodes.Select(row => row.Id).DefaultIfEmpty(0).Max());
    }

    /// <returns>The workflow's spec, resolved; null if there is no such workflow.</returns>
    public async Task<WorkflowDefinition?> DefinitionAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        var row = await db.Workflows.AsNoTracking().FirstOrDefaultAsync(row => row.Id == workflow.Value, cancel);
        return row is null ? null : await DefinitionAsync(db, row, await JobsAsync(db, row.Id, cancel), cancel);
    }

    /// <returns>The workflow as it is stored; null if there is none.</returns>
    public async Task<ActiveWorkflow?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        while (await db.Workflows.AsNoTracking().FirstOrDefaultAsync(row => row.Id == workflow.Value, cancel) is { } row)
        {
            var loaded = await LoadAsync(db, row, cancel);
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

    private static async Task<ActiveWorkflow> LoadAsync(TorcDbContext db, WorkflowRow row, CancellationToken cancel)
    {
        var jobs = await JobsAsync(db, row.Id, cancel);
        var attempts = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.WorkflowId == row.Id)
            .Join(db.Jobs, attempt => new { attempt.JobId, attempt.Number }, job => new { JobId = job.Id, Number = job.Attempt }, (attempt, _) => attempt)
            .ToDictionaryAsync(attempt => attempt.JobId, cancel);
        var states = jobs.Select(job => new JobState(
            new JobId(job.Id),
            job.Status,
            job.Attempt,
            job.NodeId is { } node ? new NodeId(node) : null,
            attempts.TryGetValue(job.Id, out var attempt) && job.Status.HasEnded() ? JobRows.Outcome(attempt) : null,
            job.FailedBlockerId is { } blocker ? new JobId(blocker) : null,
            job.StopReason,
            job.Losses,
            job.Again,
            job.Reuse,
            job.Version));
        var workflow = new ActiveWorkflow(
            new WorkflowHead(new WorkflowId(row.Id), row.WorkingDirectory, row.CreatedAt, row.StartedAt, row.EndedAt, row.SpecVersion),
            new WorkflowState(new WorkflowId(row.Id), await DefinitionAsync(db, row, jobs, cancel), states, row.Status, row.Run, row.Version));
        foreach (var job in jobs.Where(job => attempts.ContainsKey(job.Id)))
        {
            workflow.Put(job.Position, Attempt(attempts[job.Id]));
        }

        return workflow;
    }

    private static Task<List<JobRow>> JobsAsync(TorcDbContext db, long workflow, CancellationToken cancel) =>
        db.Jobs.AsNoTracking().Where(job => job.WorkflowId == workflow && job.RemovedIn == null).OrderBy(job => job.Position).ToListAsync(cancel);

    private static async Task<WorkflowDefinition> DefinitionAsync(TorcDbContext db, WorkflowRow row, List<JobRow> jobs, CancellationToken cancel)
    {
        var requirements = await db.Requirements.AsNoTracking().Where(entry => entry.WorkflowId == row.Id).ToDictionaryAsync(entry => entry.Position, cancel);
        var needs = requirements.ToDictionary(
            entry => entry.Key,
            entry => new ResourceRequirements(entry.Value.Cpus, new MemorySize(entry.Value.MemoryBytes), entry.Value.Gpus, entry.Value.Nodes, entry.Value.Runtime));
        var files = await db.Files.AsNoTracking().Where(file => file.WorkflowId == row.Id).OrderBy(file => file.Position)
            .Select(file => new FileDefinition(file.Name, file.Path)).ToListAsync(cancel);
        var data = await db.UserData.AsNoTracking().Where(entry => entry.WorkflowId == row.Id).OrderBy(entry => entry.Position)
            .Select(entry => new UserDataDefinition(entry.Name, entry.Data, entry.IsEphemeral)).ToListAsync(cancel);
        var artifacts = (await db.JobArtifacts.AsNoTracking().Where(artifact => artifact.WorkflowId == row.Id).OrderBy(artifact => artifact.Artifact).ToListAsync(cancel))
            .ToLookup(artifact => (artifact.Job, artifact.Role), artifact => artifact.Artifact);
        var edges = await db.Dependencies.AsNoTracking().Where(edge => edge.WorkflowId == row.Id)
            .Select(edge => new { edge.Blocker, edge.Job }).ToListAsync(cancel);
        var graph = WorkflowGraph.TryBuild(jobs.Count, edges.Select(edge => (edge.Blocker, edge.Job)))
            ?? throw new InvalidDataException($"the stored jobs of workflow {row.Id} wait for each other in a circle");
        return new WorkflowDefinition(
            row.Name,
            row.Project,
            row.UserName,
            row.Description,
            new MonitorDefinition(row.SampleEverySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            [.. jobs.Select(job => new JobDefinition(
                job.Name,
                job.Command,
                job.InvocationScript,
                needs[job.Requirements],
                requirements[job.Requirements].Name,
                job.Priority,
                job.CancelOnBlockingJobFailure,
                job.Env is { } env ? JsonSerializer.Deserialize(env, StoreJson.Default.DictionaryStringString)! : EmptyEnv,
                [.. artifacts[(job.Position, ArtifactRole.InputFile)]],
                [.. artifacts[(job.Position, ArtifactRole.OutputFile)]],
                [.. artifacts[(job.Position, ArtifactRole.InputData)]],
                [.. artifacts[(job.Position, ArtifactRole.OutputData)]],
                job.OnLost))],
            files,
            data,
            graph,
            row.EarlyCutoff);
    }

    private static NodeState Node(NodeRow row) => new(
        new NodeId(row.Id),
        row.AgentId,
        row.Name,
        row.AgentVersion,
        new AgentSession(row.Epoch, row.Connection),
        new NodeCapacity(row.Cpus, new MemorySize(row.MemoryBytes), row.Gpus),
        row.LastHeardAt);

    private static AttemptRecord Attempt(AttemptRow row) => new(
        new AttemptId(new JobId(row.JobId), row.Number),
        row.Run,
        new NodeId(row.NodeId),
        row.AssignedAt,
        row.SpecVersion,
        Fingerprint: null,
        row.StartedAt,
        row.EndedAt,
        JobRows.Outcome(row),
        row.CpuTime is { } cpu ? new AttemptUsage(cpu, new MemorySize(row.PeakMemoryBytes ?? 0)) : null);
}
