using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;

namespace Torc.Web.Engine;

// What jobs and nodes use.
internal sealed partial class EngineState
{
    /// <summary>Older samples say nothing about now.</summary>
    private static readonly TimeSpan UseIsNowFor = TimeSpan.FromSeconds(30);

    /// <summary>Keeps the samples of attempts that are open; later ones could only confuse.</summary>
    public void Sampled(NodeId id, IReadOnlyList<AttemptSample> samples, Commit commit)
    {
        if (!_nodes.TryGetValue(id, out var node))
        {
            return;
        }

        foreach (var sample in samples.Where(sample => node.Ledger.Holds(sample.Attempt)))
        {
            commit.Samples.Add(sample);
            node.Uses[sample.Attempt] = sample.Point;
        }

        foreach (var over in node.Uses.Keys.Where(attempt => !node.Ledger.Holds(attempt)).ToList())
        {
            node.Uses.Remove(over);
        }
    }

    /// <summary>Keeps what a node does, with how many jobs it has.</summary>
    public void Sampled(NodeId id, IReadOnlyList<UsagePoint> points, Commit commit)
    {
        if (_nodes.TryGetValue(id, out var node))
        {
            foreach (var (at, levels) in points)
            {
                node.Use = new UsagePoint(at, levels with { Processes = node.Ledger.Placed.Count });
                commit.NodeSamples.Add((id, node.Use.Value));
            }
        }
    }

    /// <param name="workflow">Only jobs of this one; null for all.</param>
    public UsageView Usage(WorkflowId? workflow)
    {
        var nodes = _nodes.Values.OrderBy(node => node.Id.Value).ToList();
        var jobs = new List<JobUsageView>();
        foreach (var node in nodes)
        {
            foreach (var (attempt, needs) in node.Ledger.Placed)
            {
                if (Owner(attempt.Job) is { } owner && (workflow is null || owner.State.Id == workflow) && owner.State.PositionOf(attempt.Job) is { } position && owner.State.Job(position).Status == JobStatus.Running)
                {
                    jobs.Add(new JobUsageView(
                        attempt.Job,
                        owner.State.Definition.Jobs[position].Name,
                        owner.State.Id,
                        owner.State.Definition.Name,
                        attempt.Number,
                        node.Name,
                        owner.NewestAttempt(position)?.StartedAt,
                        needs,
                        AsOfNow(node.Uses.TryGetValue(attempt, out var point) ? point : null)));
                }
            }
        }

        return new UsageView(
            [.. nodes.Select(node => new NodeUsageView(node.Id, node.Name, node.Connection is not null, node.Ledger.Capacity, node.Ledger.Free, node.Ledger.Placed.Count, AsOfNow(node.Use)))],
            [.. jobs.OrderBy(job => job.WorkflowId.Value).ThenBy(job => job.Id.Value)]);
    }

    private SampleView? AsOfNow(UsagePoint? point) => point is { } newest && Now - newest.At <= UseIsNowFor ? SampleView.Of(newest) : null;
}
