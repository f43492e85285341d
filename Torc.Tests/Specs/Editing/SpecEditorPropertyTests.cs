using System.Globalization;
using Torc.Shared.Quantities;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Specs.Writing;
using Xunit;
using static Torc.Shared.Specs.Editing.SpecOperation;

namespace Torc.Tests.Specs.Editing;

/// <summary>
/// Edits specs by chance, and compares what they say with what the operations say. To draw more: <c>TORC_TEST_EDITS=100000</c>.
/// </summary>
public sealed class SpecEditorPropertyTests
{
    private const int OperationsOfOne = 20;

    private static readonly int Operations = int.TryParse(Environment.GetEnvironmentVariable("TORC_TEST_EDITS"), CultureInfo.InvariantCulture, out int edits) ? edits : 10_000;

    private static readonly SpecThingKind[] Kinds = [SpecThingKind.Job, SpecThingKind.File, SpecThingKind.UserData, SpecThingKind.Requirements];

    private static readonly SpecDocument WholeDiamond = Scene.Json5(Diamonds.Json5);

    [Fact]
    public void Every_edit_says_what_was_done_keeps_all_comments_and_is_undone_to_the_byte()
    {
        var done = new Dictionary<string, int>();
        for (int seed = 0; seed < Operations / OperationsOfOne; seed++)
        {
            Edit(seed, done);
        }

        // What is drawn must be done often enough to mean something.
        string[] kinds = [nameof(AddJob), nameof(Rename), nameof(Remove), nameof(SetField), nameof(Connect), nameof(Disconnect), nameof(InsertJob), nameof(Assign), nameof(AddParameter), nameof(Duplicate), nameof(Paste)];
        Assert.All(
            kinds,
            kind => Assert.True(done.GetValueOrDefault(kind) > Operations / 60, $"{kind}: {done.GetValueOrDefault(kind)} of {Operations}"));
    }

    private static void Edit(int seed, Dictionary<string, int> counts)
    {
        var chance = new Random(seed);
        var start = EditedSpecs.Draw(chance);
        Assert.True(start.Reading.Definition is not null, $"seed {seed}\n{string.Join('\n', start.Reading.Problems)}\n{start.Text}");
        var document = start;
        var history = SpecHistory.Empty;
        for (int step = 0; step < OperationsOfOne; step++)
        {
            var operation = Draw(document, chance, step);
            string scene = $"seed {seed}, step {step}: {operation}\n{document.Text}";
            switch (SpecEditor.Apply(document, operation))
            {
                case SpecEdit.Done done:
                    CheckText(done, operation, scene);
                    CheckMeaning(done, operation, scene);
                    history = history.With(document, done.Changes, operation.Title, null, default);
                    document = done.After;
                    counts[operation.GetType().Name] = counts.GetValueOrDefault(operation.GetType().Name) + 1;
                    break;
                case SpecEdit.Refused refused:
                    CheckRefusal(document, operation, refused.Reason, scene);
                    break;
            }
        }

        CheckHistory(start, document, history, seed);
    }

    private static void CheckHistory(SpecDocument start, SpecDocument end, SpecHistory history, int seed)
    {
        var document = end;
        while (history.Undo(document) is var (earlier, undone))
        {
            (history, document) = (earlier, undone);
        }

        Assert.True(start.Text == document.Text, $"seed {seed}: undone to\n{document.Text}");
        while (history.Redo(document) is var (later, redone))
        {
            (history, document) = (later, redone);
        }

        Assert.True(end.Text == document.Text, $"seed {seed}: done again to\n{document.Text}");
    }

    private static void CheckText(SpecEdit.Done done, SpecOperation operation, string scene)
    {
        Assert.True(done.After.IsReadable, scene);
        Assert.True(done.Before.With(done.Changes).Text == done.After.Text, scene);
        Assert.True(!done.Before.Text.Contains('\r') || done.After.Text.Count(character => character == '\n') == done.After.Text.Count(character => character == '\r'), $"line ends: {scene}");
        var lost = EditedSpecs.Comments(done.Before.Text).ToList();
        foreach (string comment in EditedSpecs.Comments(done.After.Text))
        {
            Assert.True(lost.Remove(comment), $"{comment} is new\n{scene}");
        }

        var mayGo = MayGo(done.Before, operation);
        Assert.True(lost.All(mayGo.Contains), $"lost {string.Join(", ", lost.Except(mayGo))}\n{scene}\n→\n{done.After.Text}");
    }

    // The comments on the lines of what is taken away, of its names elsewhere, and of lists and objects that become empty.
    private static HashSet<string> MayGo(SpecDocument document, SpecOperation operation)
    {
        var root = document.Root!;
        var syntax = new SpecSyntax(document.Body, document.Notation!.Value);
        var spans = new List<TextSpan>();
        switch (operation)
        {
            case Remove { Thing: var thing }:
                spans.AddRange(EntrySpan(root, syntax, thing));
                spans.AddRange(Mentions.Of(root, thing).Where(mention => mention.IsItem || mention.Inside is null).Select(mention => Whole(root, syntax, mention.Path)));
                spans.AddRange(SpecEntries.Find(root, "actions") is SpecNode.Sequence actions && thing.Kind == SpecThingKind.Job ? syntax.Items(actions) : []);
                break;
            case Disconnect { From: var from, To: var to }:
                var (job, other) = to.Kind == SpecThingKind.Job ? (to, from) : (from, to);
                int index = SpecEntries.Find(root, job)!.Value.Index;
                spans.AddRange(Mentions.Of(root, other).Where(mention => mention.Entry == index && mention.IsItem).Select(mention => Whole(root, syntax, mention.Path)));
                break;
            case SetField { Thing: var thing, Value: null or ['[', ..] }:
                spans.AddRange(EntrySpan(root, syntax, thing));
                break;
            case Assign { Job: var name }:
                spans.AddRange(EntrySpan(root, syntax, SpecThing.Job(name)));
                break;
            case AssignHandler { Job: var name }:
                spans.AddRange(EntrySpan(root, syntax, SpecThing.Job(name)));
                break;
            case RemoveParameter { Thing: var thing }:
                spans.AddRange(EntrySpan(root, syntax, thing));
                break;
        }

        return
        [
            .. spans.SelectMany(span => EditedSpecs.Comments(document.Body[syntax.LineStart(span.Start)..syntax.LineEnd(Math.Min(span.End, document.Body.Length))])),
        ];
    }

    private static IEnumerable<TextSpan> EntrySpan(SpecNode root, SpecSyntax syntax, SpecThing thing) =>
        thing.Kind != SpecThingKind.Workflow && SpecEntries.Find(root, thing) is { } found ? [syntax.Items((SpecNode.Sequence)SpecEntries.Find(root, SpecEntries.KeyOf(thing.Kind))!)[found.Index]] : [];

    // Of an item, or of a key with its value; of the last item of a list all of the list, since it may go too.
    private static TextSpan Whole(SpecNode root, SpecSyntax syntax, SpecPath path)
    {
        if (path.Parent!.In(root) is SpecNode.Sequence list)
        {
            return list.Items.Count == 1 ? Whole(root, syntax, path.Parent) : syntax.Items(list)[path.Index];
        }

        var entry = ((SpecNode.Mapping)path.Parent.In(root)!).Find(path.Key!)!.Value;
        return new TextSpan(entry.KeyAt.Start, syntax.ValueOf(entry).End);
    }

    private static void CheckMeaning(SpecEdit.Done done, SpecOperation operation, string scene)
    {
        scene = $"{scene}\n→\n{done.After.Text}";
        var (was, now) = (SpecGraph.Of(done.Before), SpecGraph.Of(done.After));
        var nodes = was.Nodes.Select(node => node.Thing).ToHashSet();
        var edges = was.Edges.Select(edge => (edge.From, edge.To)).ToHashSet();
        switch (operation)
        {
            case AddJob { Name: var name }:
                nodes.Add(SpecThing.Job(name));
                break;
            case AddFile { Name: var name }:
                nodes.Add(SpecThing.File(name));
                break;
            case AddData { Name: var name }:
                nodes.Add(SpecThing.Data(name));
                break;
            case AddDataset { Name: var name }:
                nodes.Add(SpecThing.Dataset(name));
                break;
            case Duplicate { Things: var things }:
                var names = SpecClip.NewNames(done.Before, SpecClip.Copy(done.Before, things)!);
                SpecThing Copied(SpecThing one) => names.GetValueOrDefault(one, one);
                nodes.UnionWith(things.Where(thing => nodes.Contains(thing)).Select(Copied));
                edges.UnionWith(edges.Where(edge => names.ContainsKey(edge.To.Kind == SpecThingKind.Job ? edge.To : edge.From)).Select(edge => (Copied(edge.From), Copied(edge.To))).ToList());
                break;
            case Paste { Json: var json }:
                var pasted = SpecClip.NewNames(done.Before, json).Values.ToHashSet();
                nodes.UnionWith(pasted.Where(thing => thing.Kind == SpecThingKind.Job || thing.IsArtifact));
                edges.UnionWith(now.Edges.Where(edge => pasted.Contains(edge.From) && pasted.Contains(edge.To)).Select(edge => (edge.From, edge.To)));
                Assert.True(edges.Count - was.Edges.Count == SpecGraph.Of(WholeDiamond).Edges.Count, scene);
                break;
            case Rename { Thing: var thing, To: var to }:
                SpecThing Renamed(SpecThing one) => one == thing ? one with { Name = to } : one;
                nodes = [.. nodes.Select(Renamed)];
                edges = [.. edges.Select(edge => (Renamed(edge.From), Renamed(edge.To)))];
                break;
            case Remove { Thing: var thing }:
                nodes.Remove(thing);
                edges.RemoveWhere(edge => edge.From == thing || edge.To == thing);
                break;
            case Connect { From: var from, To: var to }:
                edges.Add((from, to));
                break;
            case Disconnect { From: var from, To: var to }:
                edges.Remove((from, to));
                break;
            case InsertJob { Thing: var thing, Consumer: var consumer, Name: var name, Product: var product }:
                var (made, between) = (SpecThing.Job(name), thing with { Name = product });
                nodes.UnionWith([made, between]);
                edges.Remove((thing, SpecThing.Job(consumer)));
                edges.UnionWith([(thing, made), (made, between), (between, SpecThing.Job(consumer))]);
                break;
            case SetField { Thing: var job, Path: ["command"] }:
                var byCommand = was.Edges.Where(edge => edge.Origin == SpecGraphOrigin.Command && (edge.From == job || edge.To == job)).Select(edge => (edge.From, edge.To)).ToHashSet();
                edges.ExceptWith(byCommand);
                break;
        }

        Assert.True(nodes.SetEquals(now.Nodes.Select(node => node.Thing)), $"nodes {string.Join(", ", now.Nodes.Select(node => node.Thing))}\n{scene}");
        Assert.True(edges.SetEquals(now.Edges.Select(edge => (edge.From, edge.To))), $"edges: {string.Join(", ", now.Edges)}\n{scene}");
        CheckValues(done, operation, scene);
    }

    // Beside the graph: every job that was not meant asks for what it asked for and runs what it ran, but for names.
    private static void CheckValues(SpecEdit.Done done, SpecOperation operation, string scene)
    {
        Assert.True(done.After.Reading.Definition is not null || done.Before.Reading.Definition is null || operation is Remove or RemoveParameter, $"{string.Join('\n', done.After.Reading.Problems)}\n{scene}");
        switch (operation)
        {
            case SetField { Thing: var thing, Path: var path, Value: var value }:
                var start = thing == SpecThing.Workflow ? SpecPath.Top : SpecEntries.PathOf(thing.Kind, SpecEntries.Find(done.After.Root, thing)!.Value.Index);
                var set = path.Aggregate(start, (inner, key) => inner[key]).In(done.After.Root!);
                bool isSet = value?.StartsWith('[') == true
                    ? TreeEditor.AreEqual(SpecReader.Tree(value, SpecNotation.Json)!, set ?? new SpecNode.Sequence(default, []))
                    : value == (set as SpecNode.Scalar)?.Text;
                Assert.True(isSet, scene);
                if (path[^1] == "memory" && value is not null && thing.Kind == SpecThingKind.Requirements)
                {
                    Assert.True(done.After.Reading.Bound!.Requirements[SpecEntries.Find(done.After.Root, thing)!.Value.Index].Memory == MemoryText.TryParse(value, out _), scene);
                }

                break;
            case Assign { Job: var job, Requirements: var name }:
                Assert.True(SpecGraph.Of(done.After).Nodes.Single(node => node.Thing == SpecThing.Job(job)).Requirements == name, scene);
                break;
            case AssignHandler { Job: var job, Handler: var name }:
                Assert.True((SpecEntries.Find(SpecEntries.Find(done.After.Root, SpecThing.Job(job))!.Value.Entry, "failure_handler") as SpecNode.Scalar)?.Text == name, scene);
                break;
            case RenameParameter { Thing: var thing, Name: var name, To: var to }:
                var keys = (SpecNode.Mapping)SpecEntries.Find(SpecEntries.Find(done.After.Root, thing)!.Value.Entry, "parameters")!;
                Assert.True(keys.Find(name) is null && keys.Find(to) is not null, scene);
                break;
            case RemoveParameter { Thing: var thing, Name: var name }:
                Assert.True(SpecEntries.Find(SpecEntries.Find(SpecEntries.Find(done.After.Root, thing)!.Value.Entry, "parameters"), name) is null, scene);
                break;
            case AddParameter { Thing: var thing, Name: var name, Values: var values }:
                Assert.True((SpecEntries.Find(SpecEntries.Find(SpecEntries.Find(done.After.Root, thing)!.Value.Entry, "parameters"), name) as SpecNode.Scalar)?.Text == values, scene);
                break;
        }

        if (operation is Connect or Disconnect or AddFile or AddData or AddDataset or AddFailureHandler or AddJob or Duplicate or Paste && done is { Before.Reading.Definition: { } was, After.Reading.Definition: { } now })
        {
            Assert.True(was.Jobs.Where(job => !job.IsAction).Zip(now.Jobs).All(pair => (pair.First.Name, pair.First.Needs, pair.First.Priority) == (pair.Second.Name, pair.Second.Needs, pair.Second.Priority)), scene);
        }
    }

    private static void CheckRefusal(SpecDocument document, SpecOperation operation, SpecRefusal refusal, string scene)
    {
        scene = $"{refusal}: {refusal.Why}\n{scene}";
        Assert.False(refusal is SpecRefusal.NoRoom or SpecRefusal.Shared or SpecRefusal.Unreadable, scene);
        bool hasCopies = SpecGraph.Of(document).Nodes.Any(node => node.Copies != 1);
        switch (refusal)
        {
            case SpecRefusal.Loop loop:
                Assert.True(loop.Way[0] == loop.Way[^1], scene);
                Assert.True(hasCopies || Reaches(document, ((Connect)operation).To, ((Connect)operation).From), scene);
                break;
            case SpecRefusal.SecondProducer second:
                Assert.True(hasCopies || SpecGraph.Of(document).Edges.Any(edge => edge.From == SpecThing.Job(second.Producer) && edge.To == ((Connect)operation).To), scene);
                break;
            case SpecRefusal.NotThere:
                Assert.Fail(scene);
                break;
        }
    }

    private static bool Reaches(SpecDocument document, SpecThing from, SpecThing to)
    {
        var next = SpecGraph.Of(document).Edges.ToLookup(edge => edge.From, edge => edge.To);
        var seen = new HashSet<SpecThing> { from };
        var open = new Queue<SpecThing>(seen);
        while (open.TryDequeue(out var thing))
        {
            foreach (var other in next[thing].Where(seen.Add))
            {
                open.Enqueue(other);
            }
        }

        return seen.Contains(to);
    }

    private static SpecOperation Draw(SpecDocument document, Random chance, int step)
    {
        string fresh = string.Create(CultureInfo.InvariantCulture, $"{Pick(["n", "n x", "n'", "é", "n-"], chance)}{step}");
        var artifact = chance.Next(3) == 0 ? Any(document, SpecThingKind.UserData, chance) : Any(document, SpecThingKind.File, chance);
        var (job, another) = (Any(document, SpecThingKind.Job, chance), Any(document, SpecThingKind.Job, chance));
        var requirements = Any(document, SpecThingKind.Requirements, chance);
        if (job is not { } first || another is not { } second)
        {
            return new AddJob(fresh, "true");
        }

        if (artifact is not { } thing)
        {
            return chance.Next(2) == 0 ? new AddFile(fresh, $"{fresh}.txt") : new AddData(fresh);
        }

        return chance.Next(26) switch
        {
            0 => new AddJob(fresh, Pick(["true", "echo 'it''s'", "echo \"a: b\" # c\necho", "- x", "printf '%s\\n' {a}"], chance)),
            1 => new AddFile(fresh, Pick(["f.txt", "a b/c.txt", "#x", "1.5"], chance) + fresh),
            2 => new Rename(Any(document, Kinds[chance.Next(Kinds.Length)], chance) ?? first, fresh),
            3 => new Rename(thing, fresh),
            4 => new Remove(chance.Next(2) == 0 ? thing : Any(document, Kinds[chance.Next(Kinds.Length)], chance) ?? first),
            5 or 6 => new Connect(first, thing),
            7 or 8 => new Connect(thing, second),
            9 => new Connect(first, second),
            10 => AnEdge(document, chance) is { } edge ? new Disconnect(edge.From, edge.To) : new Disconnect(first, thing),
            11 => AnInput(document, chance) is { } input ? new InsertJob(input.From, input.To.Name, fresh, Pick(["true", $"cat ${{files.input.{input.From.Name}}}"], chance, input.From.Kind == SpecThingKind.File ? 2 : 1), $"{fresh}_out", $"{fresh}.txt") : new AddJob(fresh, "true"),
            12 when requirements is { } named => new Assign(first.Name, chance.Next(4) == 0 ? null : named.Name),
            13 when document.Reading.Bound!.Jobs.Values.All(one => one.Name != fresh) => new AddParameter(first, $"p{step}", Pick(["1:3", "[a, b]"], chance)),
            18 => chance.Next(2) == 0 ? new AddDataset(fresh, fresh) : new AddFailureHandler(fresh),
            19 when Any(document, SpecThingKind.FailureHandler, chance) is { } handler =>
                chance.Next(2) == 0 ? new AssignHandler(first.Name, chance.Next(4) == 0 ? null : handler.Name) : Reordered(document, handler, "rules", chance),
            20 => new SetField(SpecThing.Workflow, ["tags"], Pick(["[\"a\", \"b\"]", "[\"b\", \"c c\", \"#\"]", "[\"a\"]", "[]", "[\"c c\", \"b\", \"d\", \"e\"]"], chance)),
            21 => Reordered(document, first, Pick(["depends_on", "input_files", "output_files"], chance), chance),
            22 or 25 when !document.Text.Contains("regex", StringComparison.Ordinal) && SpecGraph.Of(document).Nodes.All(node => node.Copies == 1) =>
                new Duplicate(SpecClip.WithProducts(document, [.. new[] { first, second, thing }.Take(chance.Next(1, 4)).Distinct()])),
            23 when !document.Text.Contains("regex", StringComparison.Ordinal) => new Paste(SpecClip.Copy(WholeDiamond, [.. SpecGraph.Of(WholeDiamond).Nodes.Select(node => node.Thing), SpecThing.Requirements("small")])!),
            24 when OwnParameter(document, first) is { } parameter => chance.Next(2) == 0 ? new RenameParameter(first, parameter, $"q{step}") : new RemoveParameter(first, parameter),
            14 when requirements is { } named => new SetField(named, [Pick(["memory", "runtime"], chance)], Pick(["1m", "2m", "90m"], chance)),
            15 => new SetField(first, ["command"], Pick(["true", "echo 'a'\necho b\n", "echo \"x\\y\" : z", "{x}"], chance)),
            _ => new SetField(first, Pick<string[]>([["env", "MODE"], ["env", "NEW"], ["label"]], chance), Pick(["1", "yes", "", "a b", null], chance)),
        };
    }

    // The same list in another order, so that the graph stays as it is.
    private static SetField Reordered(SpecDocument document, SpecThing thing, string key, Random chance)
    {
        var items = ((SpecEntries.Find(SpecEntries.Find(document.Root, thing)!.Value.Entry, key) as SpecNode.Sequence)?.Items ?? []).ToArray();
        chance.Shuffle(items);
        return new SetField(thing, [key], JsonNodeWriter.Write(CanonicalSpec.Of(new SpecNode.Sequence(default, items), new SpecShape.Anything())).Trim());
    }

    // One that no name has a place for: without it, or under another name, names would no longer be those of other entries.
    private static string? OwnParameter(SpecDocument document, SpecThing thing) =>
        (SpecEntries.Find(SpecEntries.Find(document.Root, thing)!.Value.Entry, "parameters") as SpecNode.Mapping)?.Entries
            .Select(entry => entry.Key)
            .FirstOrDefault(name => !document.Text.Contains($"{{{name}}}", StringComparison.Ordinal) && !document.Text.Contains($"{{{name}:0", StringComparison.Ordinal));

    private static SpecThing? Any(SpecDocument document, SpecThingKind kind, Random chance)
    {
        var names = SpecEntries.Of(document.Root, kind).Select(entry => entry.Name).Where(name => name.Length > 0).ToList();
        return names.Count == 0 ? null : new SpecThing(kind, names[chance.Next(names.Count)]);
    }

    private static SpecGraphEdge? AnEdge(SpecDocument document, Random chance) => PickEdge(SpecGraph.Of(document).Edges, chance);

    private static SpecGraphEdge? AnInput(SpecDocument document, Random chance) => PickEdge([.. SpecGraph.Of(document).Edges.Where(edge => edge.From.IsArtifact)], chance);

    private static SpecGraphEdge? PickEdge(IReadOnlyList<SpecGraphEdge> edges, Random chance) => edges.Count == 0 ? null : edges[chance.Next(edges.Count)];

    private static T Pick<T>(T[] choices, Random chance, int? most = null) => choices[chance.Next(most ?? choices.Length)];
}
