using Torc.Shared.Graphs;
using Torc.Shared.Texts;

namespace Torc.Shared.Workflows;

/// <summary>
/// The jobs of a workflow in groups, so few that all of them can be looked at, and such that no two groups wait for each other: a
/// drawing of groups has no circles.
/// </summary>
public sealed class JobGroups
{
    /// <summary>More are hard to look at in one drawing.</summary>
    public const int Most = 150;

    private readonly int[] _groupOf;

    private JobGroups(IReadOnlyList<JobGroup> groups, int jobCount)
    {
        Groups = groups;
        _groupOf = new int[jobCount];
        for (int group = 0; group < groups.Count; group++)
        {
            foreach (int job in groups[group].Jobs)
            {
                _groupOf[job] = group;
            }
        }
    }

    /// <summary>In the order of their first jobs.</summary>
    public IReadOnlyList<JobGroup> Groups { get; }

    /// <returns>The position of a job's group.</returns>
    public int Of(int job) => _groupOf[job];

    /// <summary>Groups the copies of one entry of the spec, and jobs written one by one whose names differ only in their numbers and which ask for the same.</summary>
    public static JobGroups Of(WorkflowDefinition workflow)
    {
        var alike = new JobGroups(Named(workflow, ByLikeness(workflow)), workflow.Jobs.Count);
        var united = alike.Unite(workflow.Graph);
        return united.Groups.Count <= Most ? united : new JobGroups(ByLevel(workflow), workflow.Jobs.Count);
    }

    private static List<List<int>> ByLikeness(WorkflowDefinition workflow)
    {
        var groups = new List<List<int>>();
        var known = new Dictionary<(string Pattern, string? Requirements, bool IsTemplate), List<int>>();
        for (int position = 0; position < workflow.Jobs.Count; position++)
        {
            var job = workflow.Jobs[position];
            if (job.IsAction)
            {
                groups.Add([position]);
                continue;
            }

            var key = job.Template is { } template ? (template, null, true) : (NameFamily.WithoutNumbers(job.Name), job.RequirementsName, false);
            if (!known.TryGetValue(key, out var group))
            {
                groups.Add(known[key] = group = []);
            }

            group.Add(position);
        }

        return groups;
    }

    private static List<JobGroup> Named(WorkflowDefinition workflow, List<List<int>> groups)
    {
        var names = new HashSet<string>();
        return [.. groups.Select(jobs => new JobGroup(NewName(names, NameOf(workflow, jobs)), jobs))];
    }

    private static string NameOf(WorkflowDefinition workflow, List<int> jobs)
    {
        var first = workflow.Jobs[jobs[0]];
        return jobs.Count == 1 ? first.Name : NameFamily.Stem(first.Template ?? NameFamily.WithoutNumbers(first.Name));
    }

    private static string NewName(HashSet<string> names, string wanted)
    {
        string name = wanted;
        for (int number = 2; !names.Add(name); number++)
        {
            name = $"{wanted} ({number})";
        }

        return name;
    }

    // Where a1 leads to b1 and that to a2, the groups a and b wait for each other. They become one.
    private JobGroups Unite(WorkflowGraph graph)
    {
        var dependencies = Enumerable.Range(0, graph.JobCount)
            .SelectMany(job => graph.BlockersOf(job).ToArray().Select(blocker => (Blocker: _groupOf[blocker], Job: _groupOf[job])))
            .Where(edge => edge.Blocker != edge.Job)
            .Distinct()
            .ToList();
        if (WorkflowGraph.TryBuild(Groups.Count, dependencies) is not null)
        {
            return this;
        }

        int[] circleOf = StrongComponents.Find(Groups.Count, dependencies);
        var united = Enumerable.Range(0, Groups.Count)
            .GroupBy(group => circleOf[group])
            .OrderBy(circle => circle.Min())
            .Select(circle => circle.Select(group => Groups[group]).ToList())
            .Select(circle => circle.Count == 1 ? circle[0] : new JobGroup(JoinedName(circle), [.. circle.SelectMany(group => group.Jobs).Order()]));
        return new JobGroups([.. united], graph.JobCount);
    }

    private static string JoinedName(List<JobGroup> groups) =>
        string.Join(", ", groups.Take(3).Select(group => group.Name)) + (groups.Count > 3 ? $" and {groups.Count - 3} more" : "");

    // Jobs that are all called differently: those that may run at the same step make a group, and neighbouring steps if there are too many.
    private static List<JobGroup> ByLevel(WorkflowDefinition workflow)
    {
        int levels = workflow.Graph.Level.DefaultIfEmpty(0).Max() + 1;
        int together = ((levels - 1) / Most) + 1;
        return
        [
            .. Enumerable.Range(0, workflow.Jobs.Count)
                .GroupBy(job => workflow.Graph.Level[job] / together)
                .OrderBy(step => step.Key)
                .Select(step => new JobGroup(StepName(step.Key * together, Math.Min((step.Key + 1) * together, levels)), [.. step])),
        ];
    }

    private static string StepName(int first, int end) => end == first + 1 ? $"step {end}" : $"steps {first + 1}–{end}";
}
