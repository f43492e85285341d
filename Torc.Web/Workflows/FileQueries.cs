using Microsoft.EntityFrameworkCore;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Data;

namespace Torc.Web.Workflows;

internal sealed class FileQueries(Func<TorcDbContext> open) : IFileQueries
{
    private const int MostFiles = 500;

    /// <summary>Of the jobs that read or write one file: another tells no more.</summary>
    private const int MostLookers = 3;

    public async Task<FileList> ListAsync(WorkflowId workflow, string? search, CancellationToken cancel)
    {
        await using var db = open();
        var all = db.Files.AsNoTracking().Where(file => file.WorkflowId == workflow.Value);
        if (search is not null)
        {
            all = all.Where(file => file.Name.Contains(search) || file.Path.Contains(search));
        }

        var files = await all.OrderBy(file => file.Position).Take(MostFiles).ToListAsync(cancel);
        int[] positions = [.. files.Select(file => file.Position)];
        var uses = (await (
            from artifact in db.JobArtifacts.AsNoTracking()
            where artifact.WorkflowId == workflow.Value && (artifact.Role == ArtifactRole.InputFile || artifact.Role == ArtifactRole.OutputFile) && positions.Contains(artifact.Artifact)
            join job in db.Jobs on new { artifact.WorkflowId, Position = artifact.Job } equals new { job.WorkflowId, job.Position }
            where job.RemovedIn == null
            orderby job.Position
            select new Use(artifact.Artifact, artifact.Role, job.Id, job.Name, job.Attempt))
            .ToListAsync(cancel)).ToLookup(use => use.File);

        // Whoever wrote it looked last; of a file that nobody writes any reader tells. An attempt that goes on has not looked yet.
        long[] ids = [.. uses.SelectMany(file => file.Where(use => use.Attempt > 0).OrderByDescending(use => use.Role).Take(MostLookers)).Select(use => use.JobId).Distinct()];
        var looks = (await db.AttemptFiles.AsNoTracking().Where(row => ids.Contains(row.JobId)).ToListAsync(cancel)).ToLookup(row => row.Path);
        return new FileList(
            files.Count < MostFiles ? files.Count : await all.CountAsync(cancel),
            [.. files.Select(file => View(file, [.. uses[file.Position]], looks[file.Path].MaxBy(look => (look.Role, look.Attempt))))]);
    }

    private static FileUse View(FileRow file, IReadOnlyList<Use> uses, AttemptFileRow? look)
    {
        var identity = FileIdentity.Parse(look?.Identity);
        return new FileUse(
            file.Name,
            file.Path,
            uses.FirstOrDefault(use => use.Role == ArtifactRole.OutputFile) is { } producer ? new FileJob(new JobId(producer.JobId), producer.Name) : null,
            [.. uses.Where(use => use.Role == ArtifactRole.InputFile).Select(use => new FileJob(new JobId(use.JobId), use.Name))],
            look?.State,
            identity?.Size,
            identity is { } known ? DateTimeOffset.UnixEpoch.AddTicks(known.ModifiedNs / TimeSpan.NanosecondsPerTick) : null);
    }

    private sealed record Use(int File, ArtifactRole Role, long JobId, string Name, int Attempt);
}
