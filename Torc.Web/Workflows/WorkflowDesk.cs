using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Data.Logs;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Workflows;

internal sealed class WorkflowDesk(WorkflowEngine engine, WorkflowStore store, LogShelf logs) : IWorkflowDesk
{
    public Task<JobAnswer> ArchiveAsync(WorkflowId id, bool archived, string by, bool dryRun, CancellationToken cancel) => ChangeAsync(
        id,
        workflow => workflow.IsArchived == archived ? $"Workflow {id} is {(archived ? "archived already" : "not archived")}." : null,
        (_, workflow, commit, now) => EngineState.TryArchive(workflow, archived, by, now, commit),
        dryRun,
        cancel);

    public async Task<JobAnswer> DeleteAsync(WorkflowId id, string by, bool dryRun, CancellationToken cancel)
    {
        // Only the store knows which they are, and it is about to forget them. If the server dies before they are gone, they go when room is needed.
        var attempts = dryRun ? [] : await store.AttemptsAsync(id, cancel);
        var answer = await ChangeAsync(id, _ => null, (state, workflow, commit, now) => state.TryDelete(workflow, by, now, commit), dryRun, cancel);
        if (answer is JobAnswer.Done && !dryRun)
        {
            logs.Forget(attempts);
        }

        return answer;
    }

    /// <param name="whyNot">Why it cannot be done to a workflow that does not run; null if it can.</param>
    private async Task<JobAnswer> ChangeAsync(
        WorkflowId id, Func<WorkflowState, string?> whyNot, Func<EngineState, ActiveWorkflow, Commit, DateTimeOffset, bool> change, bool dryRun, CancellationToken cancel)
    {
        while (await store.FindAsync(id, cancel) is { } workflow)
        {
            string? why = workflow.State.Status == WorkflowStatus.Running ? $"Workflow {id} runs: stop it first, or wait for its end." : whyNot(workflow.State);
            if (why is not null || dryRun)
            {
                return why is null ? new JobAnswer.Done(workflow.State.JobCount) : new JobAnswer.Refused(why);
            }

            bool isDone = await engine.ChangeAsync(
                (state, commit, now) =>
                {
                    // What was looked at holds for that moment, and for no other.
                    if (state.Adopt(workflow) is not { } held)
                    {
                        return false;
                    }

                    if (held.State.Version == workflow.State.Version && change(state, held, commit, now))
                    {
                        return true;
                    }

                    state.ReleaseIfEnded(held);
                    return false;
                },
                cancel);
            if (isDone)
            {
                return new JobAnswer.Done(workflow.State.JobCount);
            }
        }

        return new JobAnswer.NoWorkflow();
    }
}
