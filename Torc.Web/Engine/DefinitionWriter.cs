using System.Text.Json;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Workflows;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>Writes what workflows are made of, within the transaction of a commit.</summary>
internal static class DefinitionWriter
{
    public static async Task InsertAsync(PreparedCommands commands, NewWorkflow created, CancellationToken cancel)
    {
        long workflow = created.Head.Id.Value;
        var definition = created.Definition;
        await commands.RunAsync(
            """
            INSERT INTO workflows (id, name, project, user_name, description, status, run, spec_version, early_cutoff, use_pending_failed, recovery, sort_method, working_directory, sample_every_seconds, created_at, version)
            VALUES (@id, @name, @project, @user_name, @description, @status, 0, 1, @early_cutoff, @use_pending_failed, @recovery, @sort_method, @working_directory, @sample_every_seconds, @created_at, 0)
            """,
            cancel,
            workflow,
            definition.Name,
            definition.Project,
            definition.User,
            definition.Description,
            (int)WorkflowStatus.Uninitialized,
            definition.EarlyCutoff,
            definition.UsePendingFailed,
            (int)definition.Recovery,
            (int)definition.SortMethod,
            created.Head.WorkingDirectory,
            (int?)definition.Monitor.SampleEvery?.TotalSeconds,
            created.Head.CreatedAt.ToUnixTimeMilliseconds());
        await commands.RunAsync(
            "INSERT INTO specs (workflow_id, number, file_name, text) VALUES (@workflow_id, 1, @file_name, @text)",
            cancel,
            workflow,
            created.Spec.FileName,
            created.Spec.Text);
        await InsertArtifactsAsync(commands, workflow, definition, new HashSet<string>(), cancel);
        JobId[] ids = [.. Enumerable.Range(0, definition.Jobs.Count).Select(position => new JobId(created.FirstJob.Value + position))];
        await WriteJobsAsync(commands, workflow, ids, isNew: _ => true, definition, cancel);
    }

    /// <summary>Puts a definition in the place of another one. Jobs that are no more keep their rows, for what they did.</summary>
    public static async Task ReviseAsync(PreparedCommands commands, Revision revision, CancellationToken cancel)
    {
        long workflow = revision.Head.Id.Value;
        var definition = revision.Definition;
        await commands.RunAsync(
            """
            UPDATE workflows SET name = @name, project = @project, user_name = @user_name, description = @description, early_cutoff = @early_cutoff,
                use_pending_failed = @use_pending_failed, recovery = @recovery, sort_method = @sort_method, sample_every_seconds = @sample_every_seconds
            WHERE id = @id
            """,
            cancel,
            definition.Name,
            definition.Project,
            definition.User,
            definition.Description,
            definition.EarlyCutoff,
            definition.UsePendingFailed,
            (int)definition.Recovery,
            (int)definition.SortMethod,
            (int?)definition.Monitor.SampleEvery?.TotalSeconds,
            workflow);
        await commands.RunAsync(
            "INSERT INTO specs (workflow_id, number, file_name, text) VALUES (@workflow_id, @number, @file_name, @text)",
            cancel,
            workflow,
            revision.Head.SpecVersion,
            revision.Spec.FileName,
            revision.Spec.Text);
        await commands.RunAsync("DELETE FROM files WHERE workflow_id = @workflow_id", cancel, workflow);
        // Out of the way of the new positions, until it is known which of them stay.
        await commands.RunAsync("UPDATE user_data SET position = -1 - position WHERE workflow_id = @workflow_id", cancel, workflow);
        await commands.RunAsync("DELETE FROM requirements WHERE workflow_id = @workflow_id", cancel, workflow);
        await commands.RunAsync("DELETE FROM job_artifacts WHERE workflow_id = @workflow_id", cancel, workflow);
        await commands.RunAsync("DELETE FROM dependencies WHERE workflow_id = @workflow_id", cancel, workflow);
        foreach (var removed in revision.Removed)
        {
            await commands.RunAsync("UPDATE jobs SET removed_in = @removed_in WHERE id = @id", cancel, revision.Head.SpecVersion, removed.Value);
        }

        await InsertArtifactsAsync(commands, workflow, definition, revision.KeptData, cancel);
        await commands.RunAsync("DELETE FROM user_data WHERE workflow_id = @workflow_id AND position < 0", cancel, workflow);
        await WriteJobsAsync(commands, workflow, revision.Jobs, revision.Added.Contains, definition, cancel);
    }

    private static async Task InsertArtifactsAsync(PreparedCommands commands, long workflow, WorkflowDefinition definition, IReadOnlySet<string> keptData, CancellationToken cancel)
    {
        for (int position = 0; position < definition.Files.Count; position++)
        {
            await commands.RunAsync(
                "INSERT INTO files (workflow_id, position, name, path) VALUES (@workflow_id, @position, @name, @path)",
                cancel,
                workflow,
                position,
                definition.Files[position].Name,
                definition.Files[position].Path);
        }

        for (int position = 0; position < definition.UserData.Count; position++)
        {
            var data = definition.UserData[position];
            if (keptData.Contains(data.Name))
            {
                await commands.RunAsync(
                    "UPDATE user_data SET position = @position, initial = @initial, is_ephemeral = @is_ephemeral WHERE workflow_id = @workflow_id AND name = @name AND position < 0",
                    cancel,
                    position,
                    data.Data,
                    data.IsEphemeral,
                    workflow,
                    data.Name);
                continue;
            }

            await commands.RunAsync(
                "INSERT INTO user_data (workflow_id, position, name, data, initial, is_ephemeral) VALUES (@workflow_id, @position, @name, @data, @initial, @is_ephemeral)",
                cancel,
                workflow,
                position,
                data.Name,
                data.Data,
                data.Data,
                data.IsEphemeral);
        }
    }

    private static async Task WriteJobsAsync(PreparedCommands commands, long workflow, IReadOnlyList<JobId> ids, Func<JobId, bool> isNew, WorkflowDefinition definition, CancellationToken cancel)
    {
        var requirements = new Dictionary<(string? Name, ResourceRequirements Needs), int>();
        for (int position = 0; position < definition.Jobs.Count; position++)
        {
            var job = definition.Jobs[position];
            if (!requirements.TryGetValue((job.RequirementsName, job.Needs), out int needs))
            {
                requirements.Add((job.RequirementsName, job.Needs), needs = requirements.Count);
                await commands.RunAsync(
                    """
                    INSERT INTO requirements (workflow_id, position, name, cpus, memory_bytes, gpus, nodes, runtime, label, scheduler)
                    VALUES (@workflow_id, @position, @name, @cpus, @memory_bytes, @gpus, @nodes, @runtime, @label, @scheduler)
                    """,
                    cancel,
                    workflow,
                    needs,
                    job.RequirementsName,
                    job.Needs.Cpus,
                    job.Needs.Memory.Bytes,
                    job.Needs.Gpus,
                    job.Needs.Nodes,
                    (long)job.Needs.Runtime.TotalMilliseconds,
                    job.Needs.Label,
                    job.Needs.Scheduler);
            }

            object?[] facts =
            [
                position, job.Name, job.Command, job.InvocationScript, needs, job.Priority, job.CancelOnBlockingJobFailure, (int)job.OnLost,
                job.Env.Count == 0 ? null : JsonSerializer.Serialize(new Dictionary<string, string>(job.Env), StoreJson.Default.DictionaryStringString),
                job.FailureRules is { Count: > 0 } rules ? JsonSerializer.Serialize(rules, StoreJson.Default.IReadOnlyListFailureRule) : null,
                (int?)job.Trigger,
                job.Template,
                job.Parameters,
            ];
            if (isNew(ids[position]))
            {
                await commands.RunAsync(
                    """
                    INSERT INTO jobs (id, workflow_id, position, name, command, invocation_script, requirements, priority, cancel_on_blocking_job_failure, on_lost, env, failure_rules, action_trigger,
                        template, parameters,
                        status, attempt, losses, again, reuse, retries, raises, raised_memory_bytes, raised_runtime, version)
                    VALUES (@id, @workflow_id, @position, @name, @command, @invocation_script, @requirements, @priority, @cancel_on_blocking_job_failure, @on_lost, @env, @failure_rules, @action_trigger,
                        @template, @parameters,
                        @status, 0, 0, @again, 0, 0, 0, 0, 0, 0)
                    """,
                    cancel,
                    [ids[position].Value, workflow, .. facts, (int)JobStatus.Uninitialized, false]);
            }
            else
            {
                await commands.RunAsync(
                    """
                    UPDATE jobs SET position = @position, name = @name, command = @command, invocation_script = @invocation_script, requirements = @requirements,
                        priority = @priority, cancel_on_blocking_job_failure = @cancel_on_blocking_job_failure, on_lost = @on_lost, env = @env, failure_rules = @failure_rules,
                        action_trigger = @action_trigger, template = @template, parameters = @parameters
                    WHERE id = @id
                    """,
                    cancel,
                    [.. facts, ids[position].Value]);
            }

            foreach (var (role, artifacts) in Roles(job))
            {
                foreach (int artifact in artifacts)
                {
                    await commands.RunAsync(
                        "INSERT INTO job_artifacts (workflow_id, job, role, artifact) VALUES (@workflow_id, @job, @role, @artifact)",
                        cancel,
                        workflow,
                        position,
                        (int)role,
                        artifact);
                }
            }

            foreach (int blocker in definition.Graph.BlockersOf(position).ToArray())
            {
                await commands.RunAsync(
                    "INSERT INTO dependencies (workflow_id, job, blocker) VALUES (@workflow_id, @job, @blocker)",
                    cancel,
                    workflow,
                    position,
                    blocker);
            }
        }
    }

    private static IEnumerable<(ArtifactRole Role, IReadOnlyList<int> Artifacts)> Roles(JobDefinition job) =>
    [
        (ArtifactRole.InputFile, job.InputFiles),
        (ArtifactRole.OutputFile, job.OutputFiles),
        (ArtifactRole.InputData, job.InputData),
        (ArtifactRole.OutputData, job.OutputData),
    ];
}
