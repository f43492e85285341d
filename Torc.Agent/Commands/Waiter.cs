using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Commands;

/// <summary>Waits for the end of workflows and shows nothing, except why one does not go on.</summary>
internal sealed class Waiter(DataFolder folder)
{
    private readonly LocalServer _server = new(folder);

    /// <returns>What its end is to the shell.</returns>
    public async Task<ExitCode> UntilEndAsync(WorkflowView workflow, CancellationToken cancel)
    {
        var jobs = new Dictionary<int, JobView>();
        bool isDraftTold = false;
        await foreach (var update in new Follower(_server.FindAsync).FollowAsync(workflow.Id, cancel))
        {
            if (update is null)
            {
                await Console.Error.WriteLineAsync("The server does not answer. Your jobs are not affected; trying again.");
                continue;
            }

            foreach (var job in update.Jobs)
            {
                if (job.Status == JobStatus.PendingFailed && jobs.GetValueOrDefault(job.Position)?.Status != JobStatus.PendingFailed)
                {
                    await Console.Error.WriteLineAsync(Sentences.Undecided(workflow.Id, job));
                }

                jobs[job.Position] = job;
            }

            if (Ending.HasEnded(update.Workflow))
            {
                return Ending.Of(update.Workflow, jobs.Values);
            }

            if (update.Workflow.Status == WorkflowStatus.Uninitialized && !isDraftTold)
            {
                isDraftTold = true;
                await Console.Error.WriteLineAsync(Sentences.Draft(update.Workflow));
            }
        }

        throw new OperationCanceledException(cancel);
    }
}
