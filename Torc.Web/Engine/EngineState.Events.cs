using System.Text.Json;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>The events that Torc posts itself.</summary>
internal sealed partial class EngineState
{
    private const string NoData = "null";

    private static void Begin(ActiveWorkflow workflow, NewRun run, Commit commit)
    {
        commit.NewRuns.Add(run);
        var data = new RunStartedData(run.Scope, run.By, run.Jobs);
        Post(workflow, StateEvent.RunStarted, JsonSerializer.Serialize(data, StoreJson.Default.RunStartedData), run.At, commit);
    }

    private static void Post(ActiveWorkflow workflow, string type, string data, DateTimeOffset now, Commit commit) =>
        commit.Events.Add(new EventPost(workflow.State.Id, now, type, data, Run: workflow.State.Run));

    private static void PostMove(ActiveWorkflow workflow, JobState job, DateTimeOffset now, Commit commit)
    {
        int position = workflow.State.PositionOf(job.Id)!.Value;
        var before = workflow.Tell(position, job);
        if (StateEvent.Of(before, job) is not { } type)
        {
            return;
        }

        // One that never began has nothing to show but its own number.
        var attempt = job.Attempt > 0 && type is not (StateEvent.JobCanceled or StateEvent.JobTurnedOff or StateEvent.JobTurnedOn) ? workflow.NewestAttempt(position) : null;
        if (before.Status == JobStatus.Pending && job.Status != JobStatus.Pending && type != StateEvent.JobStarted && attempt?.StartedAt is not null)
        {
            // The start of a short job is told with its end.
            Add(StateEvent.JobStarted, NoData);
        }

        Add(type, Data(workflow, type, job));

        void Add(string what, string data) =>
            commit.Events.Add(new EventPost(workflow.State.Id, now, what, data, job.Id, attempt?.Id.Number, attempt?.Node, workflow.State.Run));
    }

    private static string Data(ActiveWorkflow workflow, string type, JobState job) => type is StateEvent.JobStarted or StateEvent.JobCompleted or StateEvent.JobReused or StateEvent.JobTurnedOn
        ? NoData
        : JsonSerializer.Serialize(new JobMovedData(workflow.ReasonOf(job), job.Outcome?.Kind, job.Outcome?.ExitCode), StoreJson.Default.JobMovedData);
}
