using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Web.Data;
using Torc.Web.Engine;

namespace Torc.Web.Jobs;

internal sealed class JobQueries(Func<TorcDbContext> open, WorkflowEngine engine) : IJobQueries
{
    public async Task<JobDetails?> FindAsync(JobId job, CancellationToken cancel)
    {
        await using var db = open();
        var views = await engine.MarkUnknownAsync(await JobRows.ViewsAsync(db, db.Jobs.Where(row => row.Id == job.Value), cancel), cancel);
        if (views.SingleOrDefault() is not { } view)
        {
            return null;
        }

        var found = await db.Jobs.AsNoTracking().Where(row => row.Id == job.Value)
            .Join(
                db.Requirements,
                row => new { row.WorkflowId, Position = row.Requirements },
                needs => new { needs.WorkflowId, needs.Position },
                (row, needs) => new { Job = row, Needs = needs })
            .SingleAsync(cancel);
        return new JobDetails(
            view,
            new WorkflowId(found.Job.WorkflowId),
            found.Job.Command,
            found.Needs.Name,
            JobRows.Needs(found.Needs, found.Job),
            await FilesAsync(db, found.Job, ArtifactRole.InputFile, cancel),
            await FilesAsync(db, found.Job, ArtifactRole.OutputFile, cancel),
            [.. (await JobRows.AttemptsAsync(db, [job.Value], cancel))[job.Value].Reverse()]);
    }

    public Task<string?> WhyWaitingAsync(JobId job, CancellationToken cancel) => engine.ReadAsync(state => state.WhyWaiting(job), cancel);

    public async Task<IReadOnlyList<SampleView>> SamplesAsync(AttemptId attempt, int most, CancellationToken cancel)
    {
        await using var db = open();

        // Rows first: those that are packed meanwhile are found twice, and none is missed.
        var rows = await db.Samples.AsNoTracking()
            .Where(row => row.JobId == attempt.Job.Value && row.Attempt == attempt.Number)
            .OrderBy(row => row.At)
            .ToListAsync(cancel);
        var chunks = await db.SampleChunks.AsNoTracking()
            .Where(row => row.JobId == attempt.Job.Value && row.Attempt == attempt.Number)
            .OrderBy(row => row.FirstAt)
            .Select(row => row.Data)
            .ToListAsync(cancel);
        return [.. Downsampling.To(most, PointRow.Series(rows, chunks)).Select(SampleView.Of)];
    }

    private static async Task<IReadOnlyList<FileView>> FilesAsync(TorcDbContext db, JobRow job, ArtifactRole role, CancellationToken cancel) =>
        await db.JobArtifacts.AsNoTracking()
            .Where(artifact => artifact.WorkflowId == job.WorkflowId && artifact.Job == job.Position && artifact.Role == role)
            .Join(db.Files, artifact => new { artifact.WorkflowId, Position = artifact.Artifact }, file => new { file.WorkflowId, file.Position }, (_, file) => file)
            .OrderBy(file => file.Position)
            .Select(file => new FileView(file.Name, file.Path))
            .ToListAsync(cancel);
}
