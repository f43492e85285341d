using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Web.Jobs;

internal sealed class JobDesk(WorkflowEngine engine, WorkflowStore store) : IJobDesk
{
    public async Task<JobAnswer> StopAsync(WorkflowId id, IReadOnlyCollection<string>? jobs, string by, bool dryRun, CancellationToken cancel)
    {
        var change = await engine.ChangeAsync(
            (state, commit, now) =>
            {
                if (state.Find(id) is not { } workflow)
                {
                    return null;
                }

                if (Positions(workflow, jobs, out string? unknown) is not { } positions)
                {
                    return new JobAnswer.NoJob(unknown!);
                }

                int[]? which = jobs is null ? null : positions;
                int count = WorkflowMachine.CountToStop(workflow.State, which);
                return count > 0 && (dryRun || state.TryStop(workflow, which, $"stopped by {by}", now, commit)) ? new JobAnswer.Done(count) : (JobAnswer)Nothing(id);
            },
            cancel);
        // One that the engine does not hold has ended, if it is there at all.
        return change ?? (await store.FindAsync(id, cancel) is not { } ended ? new JobAnswer.NoWorkflow() : Positions(ended, jobs, out string? missing) is null ? new JobAnswer.NoJob(missing!) : Nothing(id));
    }

    public async Task<JobAnswer> TurnAsync(WorkflowId id, IReadOnlyCollection<string> jobs, bool on, string by, bool dryRun, CancellationToken cancel)
    {
        while (await store.FindAsync(id, cancel) is { } workflow)
        {
            if (Positions(workflow, jobs, out string? unknown) is not { } positions)
            {
                return new JobAnswer.NoJob(unknown!);
            }

            int count = WorkflowMachine.CountToTurn(workflow.State, positions, on);
            if (count == 0 || dryRun)
            {
                return count > 0 ? new JobAnswer.Done(count) : new JobAnswer.Refused(WhyNot(workflow.State, positions, on));
            }

            bool isDone = await engine.ChangeAsync(
                (state, commit, now) =>
                {
                    // What was looked at holds for that moment, and for no other.
                    if (state.Adopt(workflow) is not { } held)
                    {
                        return false;
                    }

                    if (held.State.Version == workflow.State.Version && state.TryTurn(held, positions, on, $"turned off by {by}", now, commit))
                    {
                        return true;
                    }

                    state.ReleaseIfEnded(held);
                    return false;
                },
                cancel);
            if (isDone)
            {
                return new JobAnswer.Done(count);
            }
        }

        return new JobAnswer.NoWorkflow();
    }

    private static JobAnswer.Refused Nothing(WorkflowId id) => new($"None of these jobs of workflow {id} waits or runs, or all of them are being ended already.");

    private static string WhyNot(WorkflowState workflow, IReadOnlyCollection<int> positions, bool on) => on
        ? "None of these jobs is off."
        : positions.Any(position => workflow.Job(position).Status.HoldsNode())
            ? "A job that is on a node cannot be turned off. Stop it first, or wait for its end."
            : "These jobs are off already.";

    /// <returns>Null if there is no job of one of the names.</returns>
    private static int[]? Positions(ActiveWorkflow workflow, IReadOnlyCollection<string>? jobs, out string? unknown)
    {
        unknown = null;
        if (jobs is null)
        {
            return [];
        }

        var places = workflow.State.Definition.Jobs.Select((job, position) => (job.Name, position)).ToDictionary(job => job.Name, job => job.position);
        unknown = jobs.FirstOrDefault(name => !places.ContainsKey(name));
        return unknown is null ? [.. jobs.Distinct().Select(name => places[name])] : null;
    }
}
