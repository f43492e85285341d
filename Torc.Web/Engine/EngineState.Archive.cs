using System.Text.Json;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>Workflows that are put away, and those that are forgotten.</summary>
internal sealed partial class EngineState
{
    /// <summary>Puts a workflow away, so that no run of it starts, or brings it back.</summary>
    /// <returns>False if it runs, or if it is so already.</returns>
    public static bool TryArchive(ActiveWorkflow workflow, bool archived, string by, DateTimeOffset now, Commit commit)
    {
        if (!WorkflowMachine.TryArchive(workflow.State, archived))
        {
            return false;
        }

        workflow.Head = workflow.Head with { ArchivedAt = archived ? now : null };
        Post(workflow, archived ? StateEvent.WorkflowArchived : StateEvent.WorkflowUnarchived, JsonSerializer.Serialize(new ArchivedData(by), StoreJson.Default.ArchivedData), now, commit);
        commit.Workflows[workflow.State.Id] = workflow;
        return true;
    }

    /// <summary>Forgets a workflow and all that is known of it.</summary>
    /// <returns>False if it runs.</returns>
    public bool TryDelete(ActiveWorkflow workflow, string by, DateTimeOffset now, Commit commit)
    {
        if (workflow.State.Status == WorkflowStatus.Running)
        {
            return false;
        }

        Release(workflow);
        // Whoever has read it before may not bring it back.
        _released[workflow.State.Id] = long.MaxValue;
        commit.Deletions.Add((workflow.View(), by, now));
        return true;
    }
}
