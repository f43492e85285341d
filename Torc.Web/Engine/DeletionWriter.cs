using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>Takes a workflow out of the store, with all that is known of it. Of its keys for repeated requests it stays known that they were used.</summary>
internal static class DeletionWriter
{
    /// <summary>Tables whose rows name a job and not its workflow.</summary>
    public static IReadOnlyList<string> OfJobs { get; } = ["attempt_files", "samples", "sample_chunks"];

    public static IReadOnlyList<string> OfWorkflow { get; } =
    [
        "attempts", "jobs", "runs", "specs", "requirements", "files", "user_data", "user_data_values", "job_artifacts", "dependencies", "contents", "events",
    ];

    public static async Task DeleteAsync(PreparedCommands commands, WorkflowId workflow, string by, DateTimeOffset at, CancellationToken cancel)
    {
        await commands.RunAsync(
            """
            INSERT INTO deleted_workflows (workflow_id, name, last_job_id, deleted_by, deleted_at)
            SELECT id, name, COALESCE((SELECT MAX(id) FROM jobs WHERE workflow_id = workflows.id), 0), @deleted_by, @deleted_at FROM workflows WHERE id = @id
            """,
            cancel,
            by,
            at.ToUnixTimeMilliseconds(),
            workflow.Value);
        foreach (string table in OfJobs)
        {
            await commands.RunAsync($"DELETE FROM {table} WHERE job_id IN (SELECT id FROM jobs WHERE workflow_id = @workflow_id)", cancel, workflow.Value);
        }

        foreach (string table in OfWorkflow)
        {
            await commands.RunAsync($"DELETE FROM {table} WHERE workflow_id = @workflow_id", cancel, workflow.Value);
        }

        // A draft is its author's, not the workflow's: it begins another one when it is saved.
        await commands.RunAsync("UPDATE drafts SET workflow_id = NULL, base_version = NULL WHERE workflow_id = @workflow_id", cancel, workflow.Value);
        await commands.RunAsync("DELETE FROM workflows WHERE id = @id", cancel, workflow.Value);
    }
}
