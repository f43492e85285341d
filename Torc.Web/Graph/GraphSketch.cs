using System.Globalization;
using Torc.Shared.Graphs.Layout;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;

namespace Torc.Web.Graph;

/// <summary>What is drawn before it has its place: nodes of known sizes and the lines between them.</summary>
internal sealed class GraphSketch
{
    private const int MaxLabel = 26;
    private const double LetterWidth = 8.4;
    private const double SmallLetterWidth = 6.4;

    /// <summary>All but groups are equally high, so that a job and its one file lie level.</summary>
    private const double NodeHeight = 48;
    private const double GroupHeight = 68;

    private readonly WorkflowDefinition _workflow;
    private readonly JobGroups _groups;
    private readonly GraphUnits _units;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<(int From, int To, GraphEdgeKind Kind, string Title)> _edges = [];

    private GraphSketch(WorkflowDefinition workflow, JobGroups groups, GraphUnits units)
    {
        (_workflow, _groups, _units) = (workflow, groups, units);
        foreach (var (job, group) in units.Units)
        {
            _nodes.Add(job is { } position ? JobNode(position) : GroupNode(group));
        }
    }

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public IReadOnlyList<(int From, int To, GraphEdgeKind Kind, string Title)> Edges => _edges;

    public int Elements => _nodes.Count + _edges.Count;

    /// <param name="foldAbove">Files that go from the same jobs to the same are one node if there are more of them.</param>
    /// <param name="focus">The job whose every file is drawn; of the others those between jobs that are drawn. Null for all files.</param>
    public static GraphSketch Draw(WorkflowDefinition workflow, JobGroups groups, GraphUnits units, GraphLens lens, int foldAbove, int? focus)
    {
        var sketch = new GraphSketch(workflow, groups, units);
        switch (lens)
        {
            case GraphLens.Needs:
                sketch.AddNeeds();
                break;
            case GraphLens.Jobs:
                sketch.AddOrder(hidesExplained: false);
                break;
            default:
                if (lens == GraphLens.Files)
                {
                    sketch.AddArtifacts(GraphNodeKind.File, [.. workflow.Files.Select(file => (file.Name, (string?)file.Path))], job => job.InputFiles, job => job.OutputFiles, foldAbove, focus);
                }

                sketch.AddArtifacts(GraphNodeKind.UserData, [.. workflow.UserData.Select(data => (data.Name, (string?)null))], job => job.InputData, job => job.OutputData, foldAbove, focus);
                if (lens == GraphLens.Files)
                {
                    sketch.AddOrder(hidesExplained: true);
                }

                break;
        }

        return sketch;
    }

    /// <summary>Says that jobs are left out, beside the job that they belong to.</summary>
    public void AddMore(int unit, int count, bool isBefore)
    {
        if (count == 0)
        {
            return;
        }

        string words = $"+ {count.ToString("N0", CultureInfo.InvariantCulture)} more";
        _nodes.Add(Node(GraphNodeKind.More, 0, words, words, null, isBefore ? $"{words} jobs before it" : $"{words} jobs after it", count));
        int more = _nodes.Count - 1;
        _edges.Add(isBefore ? (more, unit, GraphEdgeKind.Order, "") : (unit, more, GraphEdgeKind.Order, ""));
    }

    /// <summary>Leaves out lines that are too many. Only a workflow of many groups that all wait for each other has them.</summary>
    public GraphSketch Cut(int most)
    {
        int lines = Math.Max(0, most - _nodes.Count);
        if (_edges.Count > lines)
        {
            _edges.RemoveRange(lines, _edges.Count - lines);
        }

        return this;
    }

    private GraphNode JobNode(int position) => Node(GraphNodeKind.Job, position, _workflow.Jobs[position].Name, _workflow.Jobs[position].Name, null, _workflow.Jobs[position].Name, 1);

    private GraphNode GroupNode(int position)
    {
        var group = _groups.Groups[position];
        return Node(GraphNodeKind.Group, position, group.Name, $"{Shorten(group.Name)} ×{Count(group.Jobs.Count)}", null, $"{group.Name}: {Count(group.Jobs.Count)} jobs", group.Jobs.Count);
    }

    private void AddNeeds()
    {
        var classes = new Dictionary<string, (int Node, int Jobs)>();
        var lines = new Dictionary<(int From, int To), int>();
        for (int position = 0; position < _workflow.Jobs.Count; position++)
        {
            if (_units.Of(position) is not { } unit)
            {
                continue;
            }

            var job = _workflow.Jobs[position];
            string detail = RequirementsText.ForPeople(job.Needs);
            string name = job.RequirementsName ?? "of its own";
            string key = $"{name}\n{detail}";
            if (!classes.TryGetValue(key, out var known))
            {
                known = (_nodes.Count, 0);
                _nodes.Add(Node(GraphNodeKind.Needs, 0, name, name, detail, $"{name}: {detail}", 1));
            }

            classes[key] = known with { Jobs = known.Jobs + 1 };
            lines[(unit, known.Node)] = lines.GetValueOrDefault((unit, known.Node)) + 1;
        }

        foreach (var (node, jobs) in classes.Values)
        {
            _nodes[node] = _nodes[node] with { Count = jobs, Title = $"{_nodes[node].Title}, asked for by {Words(jobs, "job")}" };
        }

        foreach (var (line, count) in lines)
        {
            _edges.Add((line.From, line.To, GraphEdgeKind.Data, $"{_nodes[line.From].Name} asks for {_nodes[line.To].Name}{(count > 1 ? $" ×{Count(count)}" : "")}"));
        }
    }

    private void AddArtifacts(
        GraphNodeKind kind,
        (string Name, string? Path)[] artifacts,
        Func<JobDefinition, IReadOnlyList<int>> inputsOf,
        Func<JobDefinition, IReadOnlyList<int>> outputsOf,
        int foldAbove,
        int? focus)
    {
        if (artifacts.Length == 0)
        {
            return;
        }

        var writers = new List<int>?[artifacts.Length];
        var readers = new List<int>?[artifacts.Length];
        bool[] isNear = new bool[artifacts.Length];
        for (int position = 0; position < _workflow.Jobs.Count; position++)
        {
            if (_units.Of(position) is not { } unit)
            {
                continue;
            }

            var job = _workflow.Jobs[position];
            Note(outputsOf(job), writers);
            // What a job or group reads of what it writes itself waits for nobody outside: only the writing is drawn.
            Note(inputsOf(job), readers);

            void Note(IReadOnlyList<int> touched, List<int>?[] noted)
            {
                foreach (int artifact in touched)
                {
                    var list = noted[artifact] ??= [];
                    if (list.Count == 0 || list[^1] != unit)
                    {
                        list.Add(unit);
                    }

                    isNear[artifact] |= position == focus;
                }
            }
        }

        var classes = new Dictionary<string, (int[] Writers, int[] Readers, List<int> Members)>();
        for (int artifact = 0; artifact < artifacts.Length; artifact++)
        {
            int[] writing = [.. (writers[artifact] ?? []).Distinct().Order()];
            int[] reading = [.. (readers[artifact] ?? []).Distinct().Except(writing).Order()];
            if (focus is not null && !isNear[artifact] && (writing.Length == 0 || reading.Length == 0))
            {
                continue;
            }

            string key = $"{string.Join(',', writing)}>{string.Join(',', reading)}";
            if (!classes.TryGetValue(key, out var same))
            {
                classes.Add(key, same = (writing, reading, []));
            }

            same.Members.Add(artifact);
        }

        var parts = classes.Values.SelectMany(same => IsFolded(same.Writers, same.Readers, same.Members.Count, foldAbove)
            ? [(same.Writers, same.Readers, Members: (IReadOnlyList<int>)same.Members)]
            : same.Members.Select(member => (same.Writers, same.Readers, Members: (IReadOnlyList<int>)[member])));
        foreach (var (writing, reading, members) in parts.OrderBy(part => part.Members[0]))
        {
            _nodes.Add(ArtifactNode(kind, artifacts, members));
            int node = _nodes.Count - 1;
            string name = _nodes[node].Name;
            _edges.AddRange(reading.Select(unit => (node, unit, GraphEdgeKind.Data, $"{_nodes[unit].Name} reads {name}")));
            _edges.AddRange(writing.Select(unit => (unit, node, GraphEdgeKind.Data, $"{_nodes[unit].Name} {(kind == GraphNodeKind.UserData ? "stores" : "writes")} {name}")));
        }
    }

    private bool IsFolded(int[] writers, int[] readers, int count, int foldAbove) =>
        count > 1 && (count > foldAbove || writers.Concat(readers).Any(unit => _nodes[unit].Kind == GraphNodeKind.Group));

    private static GraphNode ArtifactNode(GraphNodeKind kind, (string Name, string? Path)[] artifacts, IReadOnlyList<int> members)
    {
        var (name, path) = artifacts[members[0]];
        if (members.Count == 1)
        {
            string? detail = path is null || path.Equals(name, StringComparison.Ordinal) ? null : Shorten(path);
            return Node(kind, members[0], name, name, detail, detail is null ? name : $"{name}: {path}", 1);
        }

        string what = kind == GraphNodeKind.UserData ? "user data" : "files";
        string pattern = NameFamily.WithoutNumbers(name);
        bool isFamily = members.All(member => NameFamily.WithoutNumbers(artifacts[member].Name).Equals(pattern, StringComparison.Ordinal));
        string label = isFamily ? NameFamily.Stem(pattern) : what;
        string title = $"{Count(members.Count)} {what}: {artifacts[members[0]].Name} … {artifacts[members[^1]].Name}";
        return Node(kind, members[0], label, $"{Shorten(label)} ×{Count(members.Count)}", null, title, members.Count);
    }

    // The jobs that wait for each job because of a file or user data need no line of their own.
    private Func<int, int, bool> Explained()
    {
        int[] fileWriters = Writers(_workflow.Files.Count, job => job.OutputFiles);
        int[] dataWriters = Writers(_workflow.UserData.Count, job => job.OutputData);
        int last = -1;
        var blockers = new HashSet<int>();
        return (blocker, job) =>
        {
            if (last != job)
            {
                last = job;
                blockers.Clear();
                blockers.UnionWith(_workflow.Jobs[job].InputFiles.Select(file => fileWriters[file]));
                blockers.UnionWith(_workflow.Jobs[job].InputData.Select(data => dataWriters[data]));
            }

            return blockers.Contains(blocker);
        };
    }

    private int[] Writers(int count, Func<JobDefinition, IReadOnlyList<int>> outputsOf)
    {
        int[] writers = new int[count];
        Array.Fill(writers, -1);
        for (int job = 0; job < _workflow.Jobs.Count; job++)
        {
            foreach (int artifact in outputsOf(_workflow.Jobs[job]))
            {
                writers[artifact] = job;
            }
        }

        return writers;
    }

    /// <param name="hidesExplained">Whether nothing is drawn where a file or user data says already who waits for whom.</param>
    private void AddOrder(bool hidesExplained)
    {
        var isExplained = Explained();
        var lines = new Dictionary<(int From, int To), GraphEdgeKind>();
        for (int position = 0; position < _workflow.Jobs.Count; position++)
        {
            if (_units.Of(position) is not { } unit)
            {
                continue;
            }

            foreach (int blocker in _workflow.Graph.BlockersOf(position))
            {
                if (_units.Of(blocker) is { } before && before != unit)
                {
                    var kind = isExplained(blocker, position) ? GraphEdgeKind.Data : GraphEdgeKind.Order;
                    // Between groups one pair of jobs may say it itself and another by a file: what the spec says is drawn.
                    lines[(before, unit)] = kind == GraphEdgeKind.Order ? kind : lines.GetValueOrDefault((before, unit), kind);
                }
            }
        }

        foreach (var (line, kind) in lines)
        {
            if (!(hidesExplained && kind == GraphEdgeKind.Data) && !IsSaidByOthers(line.From, line.To))
            {
                _edges.Add((line.From, line.To, kind, $"{_nodes[line.To].Name} waits for {_nodes[line.From].Name}"));
            }
        }

        // An action that comes before or after all jobs is drawn before the first and after the last of them alone.
        bool IsSaidByOthers(int from, int to) =>
            (IsAction(from) || IsAction(to))
            && Enumerable.Range(0, _units.Units.Count).Any(between => lines.ContainsKey((from, between)) && lines.ContainsKey((between, to)));
    }

    private bool IsAction(int unit) => _units.Units[unit].Job is { } job && _workflow.Jobs[job].IsAction;

    private static GraphNode Node(GraphNodeKind kind, int position, string name, string label, string? detail, string title, int count)
    {
        string shown = label.Length <= MaxLabel + 8 && count > 1 ? label : Shorten(label);
        double width = Math.Max(shown.Length * LetterWidth, (detail?.Length ?? 0) * SmallLetterWidth);
        var (least, padding) = kind switch
        {
            GraphNodeKind.Job => (128d, 32d),
            GraphNodeKind.Group => (196d, 32d),
            GraphNodeKind.UserData => (92d, 48d),
            _ => (80d, 30d),
        };
        double height = kind == GraphNodeKind.Group ? GroupHeight : NodeHeight;
        return new GraphNode(kind, position, name, shown, detail, title, new LayoutBox(0, 0, Math.Ceiling(Math.Max(least, width + padding)), height), count);
    }

    private static string Shorten(string text) => text.Length <= MaxLabel ? text : $"{text[..(MaxLabel / 2)]}…{text[^((MaxLabel / 2) - 1)..]}";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Words(int count, string what) => count == 1 ? $"1 {what}" : $"{Count(count)} {what}s";
}
