using System.Collections.Concurrent;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>
/// Counts how often what is stored of each workflow has changed since this server started, so that what was read before can be kept until
/// then. Who reads asks before and afterwards: if both answers are the same, what was read is of that revision. Safe to use from any thread.
/// </summary>
internal sealed class StoredRevisions
{
    private readonly ConcurrentDictionary<WorkflowId, long> _counts = [];
    private long _ofAll;

    /// <returns>Greater after each change.</returns>
    public long Of(WorkflowId workflow) => Interlocked.Read(ref _ofAll) + _counts.GetValueOrDefault(workflow);

    /// <summary>Counts a commit that is stored, before anybody is told of it.</summary>
    /// <param name="ownerOf">Null for a job whose workflow is not at hand.</param>
    public void Count(Commit commit, Func<JobId, WorkflowId?> ownerOf)
    {
        // What happens to a job changes its workflow too. What is told of an attempt that is nobody's newest any more does not.
        var ofAttempts = commit.Attempts.Keys.Concat(commit.Files.Select(seen => seen.Attempt)).Select(attempt => ownerOf(attempt.Job)).ToHashSet();
        if (ofAttempts.Remove(null))
        {
            CountAll();
        }

        var changed = ofAttempts.Select(workflow => workflow!.Value).ToHashSet();
        changed.UnionWith(commit.NewWorkflows.Select(created => created.Head.Id));
        changed.UnionWith(commit.Workflows.Keys);
        changed.UnionWith(commit.Revisions.Select(revision => revision.Head.Id));
        changed.UnionWith(commit.UserData.Select(post => post.Workflow));
        changed.UnionWith(commit.Digests.Select(digest => digest.Workflow));
        changed.UnionWith(commit.Deletions.Select(deletion => deletion.Workflow.Id));
        foreach (var workflow in changed)
        {
            _counts.AddOrUpdate(workflow, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Counts a change of which nobody knows what it was.</summary>
    public void CountAll() => Interlocked.Increment(ref _ofAll);
}
