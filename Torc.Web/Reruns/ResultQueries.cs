using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
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
        string ofJob = job is { } one ? string.Create(CultureInfo.InvariantCulture, $" AND a.job_id = {one.Value}") : "";
        string ofItsFiles = job is { } owner ? string.Create(CultureInfo.InvariantCulture, $" AND path IN (SELECT path FROM attempt_files WHERE job_id = {owner.Value})") : "";
        string newest = $"""
            a.workflow_id = @workflow AND a.outcome = 0 AND a.exit_code = 0 AND a.fingerprint IS NOT NULL{ofJob} AND NOT EXISTS (
                SELECT 1 FROM attempts later
                WHERE later.job_id = a.job_id AND later.number > a.number AND later.outcome = 0 AND later.exit_code = 0 AND later.fingerprint IS NOT NULL)
            """;
        var readingContents = RowReading.ReadAsync(
            open,
            $"SELECT path, identity, digest, read_at FROM contents WHERE workflow_id = @workflow{ofItsFiles}",
            workflow.Value,
            row => FileIdentity.Parse(row.GetString(1)) is { } identity ? new KnownContent(row.GetString(0), identity, row.GetString(2), row.Instant(3)!.Value) : null,
            cancel);
        var readingAttempts = RowReading.ReadAsync(
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
        var contents = (await readingContents).OfType<KnownContent>().ToList();
        var digests = new Dictionary<(string, FileIdentity), string>();
        foreach (var content in contents)
        {
            digests[(content.Path, content.Identity)] = content.Digest;
        }

        var attempts = await readingAttempts;
        var inputs = new Dictionary<long, List<RecordedFile>>(attempts.Count);
        var outputs = new Dictionary<long, List<RecordedFile>>(attempts.Count);
        foreach (var (reader, role, file) in files)
        {
            var byJob = role == ArtifactRole.InputFile ? inputs : outputs;
            (CollectionsMarshal.GetValueRefOrAddDefault(byJob, reader, out _) ??= []).Add(
                file.Identity is { } identity ? file with { Digest = digests.GetValueOrDefault((file.Path, identity)) } : file);
        }

        return new StoredResults(
            attempts.ToDictionary(
                attempt => attempt.Id.Job,
                attempt => new JobResult(
                    attempt.Id,
                    attempt.Fingerprint,
                    inputs.GetValueOrDefault(attempt.Id.Job.Value) ?? [],
                    outputs.GetValueOrDefault(attempt.Id.Job.Value) ?? [],
                    attempt.Took)),
            attempts.ToDictionary(attempt => attempt.Id.Job, attempt => attempt.Node),
            new KnownContents(contents));
    }

    private static (long Job, ArtifactRole Role, RecordedFile Recorded) File(DbDataReader row) => (
        row.GetInt64(0),
        (ArtifactRole)row.GetInt32(1),
        new RecordedFile(row.GetString(2), (FileState)row.GetInt32(3), FileIdentity.Parse(row.Text(4)), Digest: null, row.GetBoolean(5)));
}
