using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Web.Workflows;

namespace Torc.Tests.Support;

/// <summary>The files of workflows in memory: those that an ended job wrote are there.</summary>
internal sealed class FakeFiles(FakeWorkflows workflows) : IFileQueries
{
    private const int Most = 500;

    public async Task<FileList> ListAsync(WorkflowId workflow, string? search, CancellationToken cancel)
    {
        var definition = (await workflows.DefinitionAsync(workflow, cancel))!;
        var jobs = await workflows.JobsAsync(workflow, cancel);
        var found = definition.Files.Select((file, position) => (file, position)).Where(one => search is null || one.file.Name.Contains(search, StringComparison.Ordinal)).ToList();
        return new FileList(found.Count, [.. found.Take(Most).Select(one => View(one.position))]);

        FileUse View(int file)
        {
            var producer = jobs.FirstOrDefault(job => definition.Jobs[job.Position].OutputFiles.Contains(file));
            FileState? state = producer is null || producer.Status == JobStatus.Completed ? FileState.Present : producer.Status == JobStatus.Failed ? FileState.Missing : null;
            return new FileUse(
                definition.Files[file].Name,
                definition.Files[file].Path,
                producer is null ? null : new FileJob(producer.Id, producer.Name),
                [.. jobs.Where(job => definition.Jobs[job.Position].InputFiles.Contains(file)).Select(job => new FileJob(job.Id, job.Name))],
                state,
                state == FileState.Present ? 1_311 : null,
                state == FileState.Present ? FakeWorkflows.Start : null);
        }
    }
}
