using System.Globalization;
using Torc.Shared.Graphs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;
using static Torc.Shared.Workflows.ActionTrigger;

namespace Torc.Shared.Specs;

/// <summary>
/// Puts the actions of a spec into the graph of its jobs, behind these by position. What comes first or last is bound to every job, not
/// to roots and sinks alone: in a rerun a job in the middle may be the first that runs, and a sink that was canceled may end before others.
/// </summary>
/// <param name="graph">Of the user's jobs.</param>
internal sealed class ActionGraph(SpecProblems problems, WorkflowGraph graph, DeclaredThings<JobDraft> jobs, IReadOnlyList<ActionDraft> actions)
{
    // Looking through what many jobs wait for costs time though it may come to few edges.
    private const long MaxLooks = 10L * SpecLimits.Edges;

    private readonly List<(int Blocker, int Job)> _edges = [];
    private readonly ILookup<ActionTrigger, int> _byTrigger =
        Enumerable.Range(0, actions.Count).ToLookup(index => actions[index].Trigger, index => graph.JobCount + index);

    private long _looks;

    /// <returns>Null if the actions wait for each other, or for too many; the problems then say which.</returns>
    public WorkflowGraph? Build()
    {
        if (actions.Count == 0)
        {
            return graph;
        }

        for (int index = 0; index < actions.Count; index++)
        {
            if (!TryConnect(index))
            {
                var source = actions[index].Source;
                problems.Error(
                    DiagnosticCodes.Limit, source.Path.ToString(), source.At,
                    $"up to this action, actions and jobs wait for each other more than {SpecLimits.Edges.ToString("N0", CultureInfo.InvariantCulture)} times",
                    "let one action run the commands of several");
                return null;
            }
        }

        for (int job = 0; job < graph.JobCount; job++)
        {
            foreach (int blocker in graph.BlockersOf(job))
            {
                _edges.Add((blocker, job));
            }
        }

        int count = graph.JobCount + actions.Count;
        if (WorkflowGraph.TryBuild(count, _edges) is { } whole)
        {
            return whole;
        }

        Refuse(Cycles.FindShortest(count, _edges));
        return null;
    }

    private bool TryConnect(int index)
    {
        var action = actions[index];
        int[] position = [graph.JobCount + index];
        var everyJob = Enumerable.Range(0, graph.JobCount);
        return action.Trigger switch
        {
            OnWorkflowStart => TryAdd(position, [.. Those(OnWorkerStart, OnJobsReady), .. everyJob]),
            OnWorkerStart => TryAdd(position, [.. Those(OnJobsReady), .. everyJob]),
            OnJobsReady => TryAdd(position, action.Jobs.Positions) && TryAdd(Before(action.Jobs.Positions), position),
            OnJobsComplete => TryAdd(action.Jobs.Positions, position),
            OnWorkerComplete => TryAdd([.. everyJob, .. Those(OnWorkflowStart, OnWorkerStart, OnJobsReady, OnJobsComplete)], position),
            _ => TryAdd([.. everyJob, .. Those(OnWorkflowStart, OnWorkerStart, OnJobsReady, OnJobsComplete, OnWorkerComplete)], position),
        };
    }

    private IEnumerable<int> Those(params ActionTrigger[] triggers) => triggers.SelectMany(trigger => _byTrigger[trigger]);

    private HashSet<int> Before(IReadOnlyList<int> named)
    {
        var blockers = new HashSet<int>();
        foreach (int job in named)
        {
            _looks += graph.BlockersOf(job).Length;
            if (_looks > MaxLooks)
            {
                break;
            }

            foreach (int blocker in graph.BlockersOf(job))
            {
                blockers.Add(blocker);
            }
        }

        return blockers;
    }

    // A few actions that name many jobs are many edges, which few characters can say.
    private bool TryAdd(IReadOnlyCollection<int> blockers, IReadOnlyCollection<int> followers)
    {
        if (_edges.Count + ((long)blockers.Count * followers.Count) > SpecLimits.Edges || _looks > MaxLooks)
        {
            return false;
        }

        foreach (int blocker in blockers)
        {
            foreach (int follower in followers)
            {
                _edges.Add((blocker, follower));
            }
        }

        return true;
    }

    /// <summary>Says which jobs can never be ready together.</summary>
    /// <param name="loop">Through jobs and at least one action that comes before some of them.</param>
    private void Refuse(IReadOnlyList<int> loop)
    {
        int start = loop.ToList().FindIndex(node => node >= graph.JobCount);
        List<int> way = [.. loop.Skip(start), .. loop.Take(start)];
        var action = actions[way[0] - graph.JobCount];
        if (way.Count(node => node >= graph.JobCount) > 1)
        {
            problems.Error(
                DiagnosticCodes.NeverReady, action.Source.Path.ToString(), action.Source.At,
                $"actions wait for each other: {string.Join(" → ", way.Append(way[0]).Select(NameOf))}", "an action on_jobs_ready waits for all that its jobs wait for; give each job an action of its own");
            return;
        }

        int later = action.Jobs.Positions.First(job => graph.BlockersOf(job).Contains(way[^1]));
        problems.Error(
            DiagnosticCodes.NeverReady, action.Source.Path.ToString(), action.Jobs.PlaceOf(later),
            $"{Quoting.Quote(jobs[later].Name)} waits for {Quoting.Quote(jobs[way[1]].Name)}, so the two jobs of the action are never ready together", "give each of them an action of its own");
    }

    private string NameOf(int node) => Quoting.Shorten(node < graph.JobCount ? jobs[node].Name : actions[node - graph.JobCount].Name);
}
