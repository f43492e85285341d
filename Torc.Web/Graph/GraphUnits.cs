using Torc.Shared.Workflows;

namespace Torc.Web.Graph;

/// <summary>Which node stands for each job of a workflow: one of its own, one for its group, or none.</summary>
internal sealed class GraphUnits
{
    private const int Hidden = -1;
    private readonly int[] _unitOf;
    private readonly List<(int? Job, int Group)> _units = [];

    private GraphUnits(int jobCount)
    {
        _unitOf = new int[jobCount];
        Array.Fill(_unitOf, Hidden);
    }

    /// <summary>A job by its position, or a group by its position.</summary>
    public IReadOnlyList<(int? Job, int Group)> Units => _units;

    /// <returns>Null if the job is not drawn.</returns>
    public int? Of(int job) => _unitOf[job] is var unit && unit != Hidden ? unit : null;

    /// <summary>Draws groups whole, or as their jobs: the smallest first, as long as there are at most <paramref name="most"/> nodes.</summary>
    public static GraphUnits Grouped(WorkflowDefinition workflow, JobGroups groups, GraphView view, int most, Func<int, bool> isDrawn)
    {
        bool[] isOpen = new bool[groups.Groups.Count];
        int count = isOpen.Length;
        foreach (int group in Enumerable.Range(0, isOpen.Length).OrderBy(group => !view.IsOpened(groups.Groups[group].Name)).ThenBy(group => groups.Groups[group].Jobs.Count))
        {
            var (name, jobs) = groups.Groups[group];
            bool isWanted = view.Grouping != GraphGrouping.All || view.IsOpened(name);
            isOpen[group] = jobs.Count == 1 || (isWanted && !view.IsClosed(name) && count + jobs.Count - 1 <= most);
            count += isOpen[group] ? jobs.Count - 1 : 0;
        }

        return Make(workflow, groups, group => isOpen[group], isDrawn);
    }

    /// <summary>Draws each of some jobs.</summary>
    public static GraphUnits Single(WorkflowDefinition workflow, JobGroups groups, Func<int, bool> isDrawn) => Make(workflow, groups, _ => true, isDrawn);

    private static GraphUnits Make(WorkflowDefinition workflow, JobGroups groups, Func<int, bool> isOpen, Func<int, bool> isDrawn)
    {
        var units = new GraphUnits(workflow.Jobs.Count);
        int[] unitOfGroup = new int[groups.Groups.Count];
        Array.Fill(unitOfGroup, Hidden);
        for (int job = 0; job < workflow.Jobs.Count; job++)
        {
            int group = groups.Of(job);
            if (!isDrawn(job))
            {
                continue;
            }

            if (isOpen(group))
            {
                units._unitOf[job] = units._units.Count;
                units._units.Add((job, group));
                continue;
            }

            if (unitOfGroup[group] == Hidden)
            {
                unitOfGroup[group] = units._units.Count;
                units._units.Add((null, group));
            }

            units._unitOf[job] = unitOfGroup[group];
        }

        return units;
    }
}
