using System.Globalization;
using Spectre.Console;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Client;

/// <summary>A line for each change, with the time first and the status second, so that it can be searched.</summary>
internal sealed class LineProgress(IAnsiConsole console) : Progress(console)
{
    protected override Task ShowAsync(Func<Task> follow) => follow();

    protected override void Changed(JobView job)
    {
        if (job.Status is JobStatus.Blocked or JobStatus.Ready or JobStatus.Uninitialized)
        {
            return;
        }

        var at = (job.Status == JobStatus.Running ? job.StartedAt : job.EndedAt) ?? TimeProvider.System.GetUtcNow();
        string line = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {job.Status.ToString().ToUpperInvariant(),-10} {job.Name} attempt={job.Attempt}");
        System.Console.WriteLine(job.Reason is { } reason ? $"{line} {reason}" : line);
    }

    protected override void Waits(JobView job) => System.Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {"WAITING",-10} {job.Name} {job.Reason}"));

    protected override void Refresh()
    {
        // Every change has had its line.
    }

    protected override void Lost() => System.Console.WriteLine("The server does not answer. Your jobs are not affected; trying again.");
}
