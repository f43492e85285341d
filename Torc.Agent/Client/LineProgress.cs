using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Client;

/// <summary>A line for each change; what is only said about it goes to standard error.</summary>
internal sealed class LineProgress(bool asJson) : Progress
{
    protected override Task ShowAsync(Func<Task> follow) => follow();

    protected override void Changed(JobView job, JobDetails? details)
    {
        if (job.Status is JobStatus.Blocked or JobStatus.Ready or JobStatus.Uninitialized)
        {
            return;
        }

        var change = WatchLine.Of(job, details, TimeProvider.System.GetUtcNow());
        Console.WriteLine(asJson ? JsonSerializer.Serialize(change, TorcJson.Default.JobChange) : WatchLine.Text(change));
    }

    protected override void Waits(string sentence) => Console.Error.WriteLine(sentence);

    protected override void Refresh()
    {
        // Every change has had its line.
    }

    protected override void Lost() => Console.Error.WriteLine("The server does not answer. Your jobs are not affected; trying again.");
}
