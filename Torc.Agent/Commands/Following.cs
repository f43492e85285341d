using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary>Shows a workflow until its end, across restarts of the server.</summary>
internal sealed class Following(DataFolder folder)
{
    private readonly LocalServer _server = new(folder);

    public Task<WorkflowView> UntilEndAsync(WorkflowId workflow, Progress progress, CancellationToken cancel) =>
        progress.FollowAsync(new Follower(_server.FindAsync), workflow, job => AskAsync(job, cancel), cancel);

    private async Task<JobDetails?> AskAsync(JobId job, CancellationToken cancel)
    {
        try
        {
            using var client = await _server.FindAsync(cancel);
            return client is null ? null : await client.JobAsync(job, cancel);
        }
        catch (Exception failure) when (failure is CommandException or OperationCanceledException)
        {
            // It is only a help; who cannot be asked now is asked again.
            return null;
        }
    }
}
