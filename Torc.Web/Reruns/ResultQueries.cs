using System.Data.Common;
using System.Text.Json;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Data;
using Torc.Web.Engine;

namespace Torc.Web.Reruns;

/// <summary>Reads how jobs last ended well: what they were made of, and which files they read and wrote.</summary>
internal sealed class ResultQueries(Func<TorcDbContext> open)
{
    /// <param name="job">Null for all jobs of the workflow.</param>
    public async Task<StoredResults> OfAsync(WorkflowId workflow, JobId? job, CancellationToken cancel)
    {
        string where = job is { } one ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" AND a.job_id = {one.Value}") : "";
        string newest = $"""
            a.workflow_id = @workflow AND a.outcome = 0 AND a.exit_code = 0 AND a.fingerprint IS NOT NULL{where} AND NOT EXISTS (
                SELECT 1 FROM attempts later
                WHERE later.job_id = a.job_id AND later.number > a.number AND later.outcome = 0 AND later.exit_code = 0 AND later.fingerprint IS NOT NULL)
            """;
        var contents = RowReading.ReadAsync(
            open,
            "SELECT path, identity, digest, read_at FROM contents WHERE workflow_id = @workflow",
            workflow.Value,
            row => new KnownContent(row.GetString(0), row.GetString(1), row.GetString(2), row.Instant(3)!.Value),
            cancel);
        var attempts = RowReading.ReadAsync(
            open,
            $"SELECT a.job_id, a.number, a.node_id, a.fingerprint, a.started_at, a.ended_at FROM attempts a WHERE {newest}",
            workflow.Value,
            row => (
                Id: new AttemptId(new JobId(row.GetInt64(0)), row.GetInt32(1)),
                Node: new NodeId(row.GetInt64(2)),
                Fingerprint: JsonSerializer.Deserialize(row.GetString(3), StoreJson.Default.Fingerprint)!,
                Took: row.Instant(5) - row.Instant(4)),
            cancel);
        var files = await RowReading.ReadAsync(
            open,
            $"SELECT f.job_id, f.role, f.path, f.state, f.identity, f.was_changed_meanwhile FROM attempts a JOIN attempt_files f ON f.job_id = a.job_id AND f.attempt = a.number WHERE {newest}",
            workflow.Value,
            File,
            cancel);
        var digests = (await contents).ToDictionary(content => (content.Path, content.Identity), content => content.Digest);
        var byJob = files.ToLookup(
            file => (file.Job, file.Role),
            file => file.Recorded with { Digest = file.Recorded.Identity is { } identity ? digests.GetValueOrDefault((file.Recorded.Path, identity.ToString())) : null });
        return new StoredResults(
            (await attempts).ToDictionary(
                attempt => attempt.Id.Job,
                attempt => new JobResult(
                    attempt.Id,
                    attempt.Fingerprint,
                    [.. byJob[(attempt.Id.Job.Value, ArtifactRole.InputFile)]],
                    [.. byJob[(attempt.Id.Job.Value, ArtifactRole.OutputFile)]],
                    attempt.Took)),
            (await attempts).ToDictionary(attempt => attempt.Id.Job, attempt => attempt.Node),
            await contents);
    }

    private static (long Job, ArtifactRole Role, RecordedFile Recorded) File(DbDataReader row) => (
        row.GetInt64(0),
        (ArtifactRole)row.GetInt32(1),
        new RecordedFile(row.GetString(2), (FileState)row.GetInt32(3), FileIdentity.Parse(row.Text(4)), Digest: null, row.GetBoolean(5)));
}
