using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;

namespace Torc.Web.Engine;

/// <summary>
/// What one transaction will store: the changes of many decisions, merged to the newest state per job, so that a job
/// that starts and ends within one group costs one write.
/// </summary>
internal sealed class Commit
{
    public List<NewWorkflow> NewWorkflows { get; } = [];

    public Dictionary<WorkflowId, ActiveWorkflow> Workflows { get; } = [];

    public List<NewRun> NewRuns { get; } = [];

    public List<Revision> Revisions { get; } = [];

    public Dictionary<JobId, JobState> Jobs { get; } = [];

    public Dictionary<AttemptId, AttemptRecord> NewAttempts { get; } = [];

    public Dictionary<AttemptId, AttemptRecord> Attempts { get; } = [];

    public Dictionary<NodeId, NodeState> NewNodes { get; } = [];

    public Dictionary<NodeId, NodeState> Nodes { get; } = [];

    /// <summary>Files of attempts that were told before their ends.</summary>
    public List<AttemptFilesSeen> Files { get; } = [];

    public List<AttemptSample> Samples { get; } = [];

    public List<(NodeId Node, UsagePoint Point)> NodeSamples { get; } = [];

    public List<EventPost> Events { get; } = [];

    public List<UserDataPost> UserData { get; } = [];

    public List<FileDigest> Digests { get; } = [];

    /// <summary>Attempts whose logs need not be asked for any more.</summary>
    public List<AttemptId> LogsFetched { get; } = [];

    public List<KeptRequest> Requests { get; } = [];

    /// <summary>Jobs of which there is nothing to store, and which are seen in another way all the same: their node fell silent or is heard again.</summary>
    public HashSet<JobId> SeenAnew { get; } = [];

    /// <summary>Workflows of which the store is to forget all that it knows.</summary>
    public List<(WorkflowView Workflow, string By, DateTimeOffset At)> Deletions { get; } = [];

    public bool IsEmpty =>
        NewWorkflows.Count + Workflows.Count + Jobs.Count + NewAttempts.Count + Attempts.Count + NewNodes.Count + Nodes.Count
        + Samples.Count + NodeSamples.Count + Events.Count + UserData.Count + NewRuns.Count + Revisions.Count + Digests.Count + Files.Count + LogsFetched.Count + Requests.Count + Deletions.Count == 0;

    public void Put(AttemptRecord attempt)
    {
        if (NewAttempts.ContainsKey(attempt.Id))
        {
            NewAttempts[attempt.Id] = attempt;
        }
        else
        {
            Attempts[attempt.Id] = attempt;
        }
    }

    public void Put(NodeState node)
    {
        if (!NewNodes.ContainsKey(node.Id))
        {
            Nodes[node.Id] = node;
        }
    }
}
