using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Who needs, produces and waits for what, for all copies that parameters make of jobs and other things.</summary>
internal sealed class Relations
{
    // What is more than this is found out when the edit is read again.
    private const int CopiesLookedAt = 100;

    private static readonly SpecThingKind[] Artifacts = [SpecThingKind.File, SpecThingKind.Dataset, SpecThingKind.UserData];
    private static readonly SpecThingKind[] Graphed = [SpecThingKind.Job, .. Artifacts];

    private readonly BoundWorkflow _bound;
    private readonly List<int>[] _before;
    private readonly Dictionary<(SpecThingKind Kind, int Entry), List<int>> _copies = [];
    private (int To, int[] Next)? _lastSearch;

    public Relations(BoundWorkflow bound)
    {
        _bound = bound;
        Collect(SpecThingKind.Job, bound.Jobs);
        Collect(SpecThingKind.File, bound.Files);
        Collect(SpecThingKind.Dataset, bound.Datasets);
        Collect(SpecThingKind.UserData, bound.UserData);
        _before = Before();
    }

    public BoundWorkflow Bound => _bound;

    /// <summary>Whether parameters make a thing of this name, or an entry has it as it is.</summary>
    public bool IsCopy(SpecThing thing) => (thing.Kind == SpecThingKind.Job || thing.IsArtifact) && Find(thing.Kind, Composition.Compose(thing.Name)) is not null;

    /// <summary>The positions of the copies of an entry, among all things of its kind.</summary>
    /// <param name="entry">Its place in the list of the spec.</param>
    public IReadOnlyList<int> CopiesOf(SpecThingKind kind, int entry) => _copies.GetValueOrDefault((kind, entry)) ?? [];

    /// <summary>What a job needs or produces of a kind.</summary>
    public static JobReferences References(JobDraft job, SpecThingKind kind, bool isOutput) => (kind, isOutput) switch
    {
        (SpecThingKind.File, false) => job.InputFiles,
        (SpecThingKind.File, true) => job.OutputFiles,
        (SpecThingKind.Dataset, false) => job.InputDatasets,
        (SpecThingKind.Dataset, true) => job.OutputDatasets,
        (SpecThingKind.UserData, false) => job.InputData,
        (SpecThingKind.UserData, true) => job.OutputData,
        _ => job.DependsOn,
    };

    /// <summary>Where it is said that any copy of a job refers to any copy of a thing; null if none does.</summary>
    public TextSpan? PlaceOf(int job, SpecThingKind kind, int entry, bool isOutput)
    {
        var things = CopiesOf(kind, entry);
        foreach (int copy in CopiesOf(SpecThingKind.Job, job))
        {
            var references = References(_bound.Jobs[copy], kind, isOutput);
            foreach (int thing in things)
            {
                if (references.Contains(thing))
                {
                    return references.PlaceOf(thing);
                }
            }
        }

        return null;
    }

    /// <summary>The name of what a job needs and another produces; null if there is no such thing.</summary>
    public string? Through(int producer, int consumer)
    {
        var consumers = CopiesOf(SpecThingKind.Job, consumer).Select(copy => _bound.Jobs[copy]).ToList();
        foreach (var job in CopiesOf(SpecThingKind.Job, producer).Select(copy => _bound.Jobs[copy]))
        {
            foreach (var kind in Artifacts)
            {
                foreach (int thing in References(job, kind, isOutput: true).Positions)
                {
                    if (consumers.Exists(other => References(other, kind, isOutput: false).Contains(thing)))
                    {
                        return NameOf(NodeOf(kind, thing));
                    }
                }
            }
        }

        return null;
    }

    /// <summary>What speaks against a job's producing a thing.</summary>
    public SpecRefusal? WhyNotProduce(int job, SpecThing thing, int entry)
    {
        foreach (var (copy, name) in Filled(job, thing.Kind, entry))
        {
            if (Find(thing.Kind, name) is not { } position)
            {
                return new SpecRefusal.NoSuchCopy(_bound.Jobs[copy].Name, name);
            }

            int node = NodeOf(thing.Kind, position);
            int other = _before[node].FindIndex(producer => producer != copy);
            if (thing.Kind != SpecThingKind.Dataset && other >= 0)
            {
                return new SpecRefusal.SecondProducer(thing with { Name = NameOf(node) }, NameOf(_before[node][other]));
            }

            if (Way(node, copy) is { } way)
            {
                return new SpecRefusal.Loop([NameOf(copy), .. way.Select(NameOf)]);
            }
        }

        return null;
    }

    /// <summary>What speaks against a job's needing a thing.</summary>
    public SpecRefusal? WhyNotNeed(int job, SpecThing thing, int entry)
    {
        foreach (var (copy, name) in Filled(job, thing.Kind, entry))
        {
            if (Find(thing.Kind, name) is not { } position)
            {
                return new SpecRefusal.NoSuchCopy(_bound.Jobs[copy].Name, name);
            }

            if (Way(copy, NodeOf(thing.Kind, position)) is { } way)
            {
                return new SpecRefusal.Loop([.. way.Select(NameOf), NameOf(copy)]);
            }
        }

        return null;
    }

    /// <summary>What speaks against a job's waiting for another.</summary>
    public SpecRefusal? WhyNotWait(int job, int blocker)
    {
        foreach (var (copy, name) in Filled(job, SpecThingKind.Job, blocker))
        {
            if (Find(SpecThingKind.Job, name) is not { } position)
            {
                return new SpecRefusal.NoSuchCopy(_bound.Jobs[copy].Name, name);
            }

            if (Way(copy, position) is { } way)
            {
                return new SpecRefusal.Loop([.. way.Select(NameOf), NameOf(copy)]);
            }
        }

        return null;
    }

    /// <summary>The first job that refers to something else than it does in another reading of the same jobs, and where it does; null if none does.</summary>
    public (JobDraft Job, TextSpan At)? FirstDifference(Relations other)
    {
        if (_bound.Jobs.Count != other._bound.Jobs.Count)
        {
            return _bound.Jobs.Count > 0 ? (_bound.Jobs[0], _bound.Jobs[0].Source.At) : null;
        }

        for (int job = 0; job < _bound.Jobs.Count; job++)
        {
            var (one, another) = (_bound.Jobs[job], other._bound.Jobs[job]);
            foreach (var kind in Graphed)
            {
                var at = Difference(References(one, kind, isOutput: false), References(another, kind, isOutput: false), one.Source)
                    ?? Difference(References(one, kind, isOutput: true), References(another, kind, isOutput: true), one.Source);
                if (at is { } place)
                {
                    return (one, place);
                }
            }

            if (one.Needs != another.Needs)
            {
                return (one, one.Source.At);
            }
        }

        return null;
    }

    // Where something is said that is said no longer; the job itself if it says something more.
    private static TextSpan? Difference(JobReferences one, JobReferences other, SpecObject job)
    {
        foreach (int position in one.Positions)
        {
            if (!other.Contains(position))
            {
                return one.PlaceOf(position);
            }
        }

        return one.Positions.Count == other.Positions.Count ? null : job.At;
    }

    // The copies of a job, each with the name that an entry's name has with its parameters.
    private IEnumerable<(int Copy, string Name)> Filled(int job, SpecThingKind kind, int entry)
    {
        var things = CopiesOf(kind, entry);
        if (things.Count == 0 || Source(kind, things[0]).FindText("name") is not { } name)
        {
            yield break;
        }

        var problems = new SpecProblems(new SpecText(""));
        foreach (int position in CopiesOf(SpecThingKind.Job, job).Take(CopiesLookedAt))
        {
            var copy = _bound.Jobs[position];
            var template = TextTemplate.Parse(problems, name, SpecPath.Top, copy.Template.Parameters);
            for (int united = 0; united < Math.Min(copy.CopyCount, CopiesLookedAt); united++)
            {
                yield return (position, Composition.Compose(template.Fill(copy.Copy(united))));
            }
        }
    }

    private SpecObject Source(SpecThingKind kind, int position) => kind switch
    {
        SpecThingKind.Job => _bound.Jobs.SourceOf(position),
        SpecThingKind.File => _bound.Files.SourceOf(position),
        SpecThingKind.Dataset => _bound.Datasets.SourceOf(position),
        _ => _bound.UserData.SourceOf(position),
    };

    private int? Find(SpecThingKind kind, string name) => kind switch
    {
        SpecThingKind.Job => _bound.Jobs.Find(name),
        SpecThingKind.File => _bound.Files.Find(name),
        SpecThingKind.Dataset => _bound.Datasets.Find(name),
        _ => _bound.UserData.Find(name),
    };

    private void Collect<T>(SpecThingKind kind, DeclaredThings<T> things)
    {
        for (int position = 0; position < things.Count; position++)
        {
            var key = (kind, things.PathOf(position).Index);
            if (!_copies.TryGetValue(key, out var copies))
            {
                _copies.Add(key, copies = []);
            }

            copies.Add(position);
        }
    }

    /// <summary>The name of a copy.</summary>
    public string NameOf(SpecThingKind kind, int copy) => NameOf(NodeOf(kind, copy));

    // Nodes are jobs, then files, datasets and user data.
    private int NodeOf(SpecThingKind kind, int position) => kind switch
    {
        SpecThingKind.Job => position,
        SpecThingKind.File => _bound.Jobs.Count + position,
        SpecThingKind.Dataset => _bound.Jobs.Count + _bound.Files.Count + position,
        _ => _bound.Jobs.Count + _bound.Files.Count + _bound.Datasets.Count + position,
    };

    private string NameOf(int node)
    {
        int place = node;
        if (place < _bound.Jobs.Count)
        {
            return _bound.Jobs[place].Name;
        }

        place -= _bound.Jobs.Count;
        if (place < _bound.Files.Count)
        {
            return _bound.Files.NameOf(place).Text;
        }

        place -= _bound.Files.Count;
        return place < _bound.Datasets.Count ? _bound.Datasets.NameOf(place).Text : _bound.UserData.NameOf(place - _bound.Datasets.Count).Text;
    }

    private List<int>[] Before()
    {
        List<int>[] before = [.. Enumerable.Range(0, NodeOf(SpecThingKind.UserData, _bound.UserData.Count)).Select(_ => new List<int>())];
        for (int position = 0; position < _bound.Jobs.Count; position++)
        {
            var job = _bound.Jobs[position];
            before[position].AddRange(job.DependsOn.Positions);
            foreach (var kind in Artifacts)
            {
                before[position].AddRange(References(job, kind, isOutput: false).Positions.Select(thing => NodeOf(kind, thing)));
                foreach (int thing in References(job, kind, isOutput: true).Positions)
                {
                    before[NodeOf(kind, thing)].Add(position);
                }
            }
        }

        return before;
    }

    // A shortest way along what comes before what; null if there is none. While ports are looked at from one place, the end stays the same.
    private List<int>? Way(int from, int to)
    {
        if (_lastSearch is not { } search || search.To != to)
        {
            _lastSearch = search = (to, Search(to));
        }

        if (search.Next[from] < 0)
        {
            return null;
        }

        var way = new List<int> { from };
        while (way[^1] != to)
        {
            way.Add(search.Next[way[^1]]);
        }

        return way;
    }

    // For each node the next one on its way to the end; -1 where there is none.
    private int[] Search(int to)
    {
        int[] next = new int[_before.Length];
        Array.Fill(next, -1);
        next[to] = to;
        var open = new Queue<int>([to]);
        while (open.TryDequeue(out int node))
        {
            foreach (int earlier in _before[node])
            {
                if (next[earlier] < 0)
                {
                    next[earlier] = node;
                    open.Enqueue(earlier);
                }
            }
        }

        return next;
    }
}
