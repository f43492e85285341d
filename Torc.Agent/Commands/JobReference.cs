using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary>How commands name a job of a workflow: by its name.</summary>
internal static class JobReference
{
    /// <summary>Under this name completion knows it.</summary>
    public const string Name = "JOB";

    public static Argument<string> Argument() => new(Name) { Description = "The job, by name." };

    /// <exception cref="CommandException">There is none.</exception>
    public static async Task<JobView> FindAsync(TorcClient client, WorkflowId workflow, string name, CancellationToken cancel) =>
        (await client.JobsAsync(workflow, select: null, cancel)).FirstOrDefault(job => job.Name == name)
        ?? throw new CommandException(ExitCode.NotFound, $"Workflow {workflow} has no job named \"{Shown.Words(name)}\". To see its jobs: torc show {workflow}");
}
