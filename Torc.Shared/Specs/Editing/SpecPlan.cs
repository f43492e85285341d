using System.Globalization;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Finds out which changes of a document's tree make an operation come true.</summary>
internal sealed class SpecPlan(SpecDocument document, SpecNode root, SpecSyntax syntax)
{
    private readonly List<TreeChange> _changes = [];

    /// <summary>Each to the tree as those before it leave it.</summary>
    public IReadOnlyList<TreeChange> Changes => _changes;

    /// <returns>Null if it can be done.</returns>
    public SpecRefusal? Make(SpecOperation operation) => operation switch
    {
        SpecOperation.AddJob add => Add(SpecThing.Job(add.Name), ("command", Text(add.Command))),
        SpecOperation.AddFile add => Add(SpecThing.File(add.Name), ("path", Text(add.Path))),
        SpecOperation.AddData add => Add(SpecThing.Data(add.Name)),
        SpecOperation.AddRequirements add => Add(
            SpecThing.Requirements(add.Name), ("num_cpus", Scalar(ScalarKind.Number, add.Cpus.ToString(CultureInfo.InvariantCulture))), ("memory", Text(add.Memory))),
        SpecOperation.Rename rename => Rename(rename.Thing, rename.To),
        SpecOperation.Remove remove => Remove(remove.Thing),
        SpecOperation.SetField set => SetField(set),
        SpecOperation.Connect connect => Connect(connect.From, connect.To),
        SpecOperation.Disconnect disconnect => Disconnect(disconnect.From, disconnect.To),
        SpecOperation.InsertJob insert => InsertJob(insert),
        SpecOperation.Assign assign => Assign(assign),
        SpecOperation.AddParameter add => AddParameter(add),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "is done otherwise"),
    };

    private SpecRefusal? Add(SpecThing thing, params (string Key, SpecNode Value)[] more)
    {
        if (WhyNotName(thing) is { } refusal)
        {
            return refusal;
        }

        var entry = new SpecNode.Mapping(default, [Entry("name", Text(thing.Name)), .. more.Select(field => Entry(field.Key, field.Value))]);
        return AddTo(SpecPath.Top, root, SpecEntries.KeyOf(thing.Kind), SpecSchema.Workflow, entry, isLong: thing.Kind == SpecThingKind.Job);
    }

    // A name with places for parameters is looked at when the edit is read again.
    private SpecRefusal? WhyNotName(SpecThing thing)
    {
        if (SpecEntries.Find(root, thing) is not null)
        {
            return new SpecRefusal.NameTaken(thing);
        }

        if (thing.Name.Contains('{'))
        {
            return null;
        }

        var problems = new SpecProblems(new SpecText(""));
        SpecNames.Check(problems, SpecPath.Top, default, thing.Name);
        if (problems.HasErrors)
        {
            return new SpecRefusal.NameNotAllowed(thing.Name, problems.ToList()[0].Message);
        }

        bool isCopy = document.Relations?.Bound is { } bound && thing.Kind switch
        {
            SpecThingKind.Job => bound.Jobs.Find(Composition.Compose(thing.Name)),
            SpecThingKind.File => bound.Files.Find(Composition.Compose(thing.Name)),
            SpecThingKind.Dataset => bound.Datasets.Find(Composition.Compose(thing.Name)),
            SpecThingKind.UserData => bound.UserData.Find(Composition.Compose(thing.Name)),
            _ => null,
        } is not null;
        return isCopy ? new SpecRefusal.NameTaken(thing) : null;
    }

    // To a list that is there, or to a new one.
    private SpecRefusal.NoRoom? AddTo(SpecPath owner, SpecNode node, string key, SpecObjectKind kind, SpecNode item, bool isLong = false)
    {
        switch ((node as SpecNode.Mapping)?.Find(key)?.Value)
        {
            case null when node is SpecNode.Mapping mapping:
                _changes.Add(new TreeChange.AddKey(owner, key, new SpecNode.Sequence(default, [item]), Behind(mapping, key, kind)));
                return null;
            case SpecNode.Scalar { Kind: ScalarKind.Null }:
                _changes.Add(new TreeChange.Replace(owner[key], new SpecNode.Sequence(default, [item])));
                return null;
            case SpecNode.Sequence:
                _changes.Add(new TreeChange.AddItem(owner[key], item, isLong));
                return null;
            default:
                return new SpecRefusal.NoRoom();
        }
    }

    /// <summary>The key before which a new one is to stand: where the manual has it, as far as the author keeps to that order.</summary>
    private static string? Behind(SpecNode.Mapping mapping, string key, SpecObjectKind kind)
    {
        var order = kind.Fields.Select(field => field.Name).ToList();
        int place = order.IndexOf(key);
        var own = mapping.Entries.Take(mapping.OwnEntries).Select(entry => entry.Key).ToList();
        int last = own.FindLastIndex(other => order.IndexOf(other) is >= 0 and var at && at < place);
        return last < 0 || last + 1 >= own.Count ? null : own[last + 1];
    }

    private SpecRefusal? Rename(SpecThing thing, string to)
    {
        if (thing.Kind == SpecThingKind.Workflow)
        {
            return SetField(new SpecOperation.SetField(thing, ["name"], to));
        }

        if (SpecEntries.Find(root, thing) is not { } found)
        {
            return new SpecRefusal.NotThere(thing);
        }

        if (string.Equals(thing.Name, to, StringComparison.Ordinal))
        {
            return null;
        }

        if (WhyNotName(thing with { Name = to }) is { } refusal)
        {
            return refusal;
        }

        _changes.Add(new TreeChange.Replace(SpecEntries.PathOf(thing.Kind, found.Index)["name"], Text(to)));
        ReplaceMentions(Mentions.Of(root, thing), thing.Kind, to);
        return null;
    }

    private void ReplaceMentions(IEnumerable<Mention> mentions, SpecThingKind kind, string to)
    {
        foreach (var group in mentions.GroupBy(mention => mention.Text))
        {
            var first = group.First();
            if (first.Inside is null)
            {
                _changes.Add(new TreeChange.Replace(first.Path, Text(to)));
                continue;
            }

            var parts = group.DistinctBy(mention => mention.Inside).Select(mention => (mention.Inside!, Mentions.Reference(kind, mention.IsOutput, to))).ToList();
            _changes.Add(new TreeChange.Replace(first.Path, Text(parts.Aggregate(first.Text.Text, (text, part) => text.Replace(part.Item1, part.Item2, StringComparison.Ordinal))), parts));
        }
    }

    private SpecRefusal.NotThere? Remove(SpecThing thing)
    {
        if (SpecEntries.Find(root, thing) is not { } found)
        {
            return new SpecRefusal.NotThere(thing);
        }

        var others = Mentions.Of(root, thing).Where(mention => thing.Kind != SpecThingKind.Job || mention.Entry != found.Index).ToList();
        var lostActions = thing.Kind == SpecThingKind.Job ? AboutItAlone(thing) : [];
        RemoveMentions(others.Where(mention => !lostActions.Exists(action => mention.Path.Parent?.Parent is { } owner && owner.ToString() == SpecPath.Top["actions"][action].ToString())));
        foreach (int action in lostActions.OrderDescending())
        {
            _changes.Add(new TreeChange.RemoveItem(SpecPath.Top["actions"], action));
        }

        _changes.Add(new TreeChange.RemoveItem(SpecPath.Top[SpecEntries.KeyOf(thing.Kind)], found.Index));
        return null;
    }

    private List<int> AboutItAlone(SpecThing job) => SpecEntries.Find(root, "actions") is not SpecNode.Sequence actions
        ? []
        : [.. Enumerable.Range(0, actions.Items.Count).Where(index =>
            SpecEntries.Find(actions.Items[index], "jobs") is SpecNode.Sequence { Items.Count: > 0 } jobs
            && SpecEntries.Find(actions.Items[index], "job_name_regexes") is null
            && jobs.Items.All(name => name is SpecNode.Scalar { Text: var text } && Composition.Compose(text) == Composition.Compose(job.Name)))];

    private void RemoveMentions(IEnumerable<Mention> mentions)
    {
        var all = mentions.ToList();
        foreach (var list in all.Where(mention => mention.IsItem).GroupBy(mention => mention.Path.Parent!.ToString()))
        {
            var path = list.First().Path.Parent!;
            var items = (SpecNode.Sequence)path.In(root)!;
            var entry = ((SpecNode.Mapping)path.Parent!.In(root)!).Find(path.Key!)!.Value;

            // A list that becomes empty goes, unless something is noted in it.
            if (list.Count() == items.Items.Count && !syntax.HasComment(entry.KeyAt.End, syntax.EndOf(items)))
            {
                _changes.Add(new TreeChange.RemoveKey(path.Parent, path.Key!));
                continue;
            }

            foreach (var mention in list.OrderByDescending(mention => mention.Path.Index))
            {
                _changes.Add(new TreeChange.RemoveItem(path, mention.Path.Index));
            }
        }

        foreach (var mention in all.Where(mention => !mention.IsItem && mention.Inside is null))
        {
            _changes.Add(new TreeChange.RemoveKey(mention.Path.Parent!, mention.Path.Key!));
        }

        foreach (var group in all.Where(mention => mention.Inside is not null).GroupBy(mention => mention.Text))
        {
            RemoveReferences(group.First(), [.. group.Select(mention => mention.Inside!).Distinct()]);
        }
    }

    // With the space before each, as one takes a word out of a command.
    private void RemoveReferences(Mention mention, List<string> references)
    {
        var parts = new List<(string Was, string Now)>();
        string text = mention.Text.Text;
        foreach (string reference in references)
        {
            foreach (string part in new[] { $" {reference}", $"{reference} ", reference })
            {
                if (text.Contains(part, StringComparison.Ordinal))
                {
                    text = text.Replace(part, "", StringComparison.Ordinal);
                    parts.Add((part, ""));
                }
            }
        }

        // Only if no part has another one inside can each be found by itself in the text of the document.
        bool isSimple = references.Count == parts.Count;
        _changes.Add(new TreeChange.Replace(mention.Path, Text(text), isSimple ? parts : null));
    }

    private SpecRefusal? SetField(SpecOperation.SetField set)
    {
        if (set is { Thing.Kind: not SpecThingKind.Workflow, Path: ["name"], Value: { } name })
        {
            return Rename(set.Thing, name);
        }

        bool isWorkflow = set.Thing.Kind == SpecThingKind.Workflow;
        var found = isWorkflow ? null : SpecEntries.Find(root, set.Thing);
        if ((isWorkflow ? root as SpecNode.Mapping : found?.Entry) is not { } owner || set.Path.Count == 0)
        {
            return new SpecRefusal.NotThere(set.Thing);
        }

        var path = isWorkflow ? SpecPath.Top : SpecEntries.PathOf(set.Thing.Kind, found!.Value.Index);
        SpecShape shape = new SpecShape.Object(SpecEntries.SchemaOf(set.Thing.Kind));
        var kind = SpecEntries.SchemaOf(set.Thing.Kind);
        SpecNode node = owner;
        string field = string.Join(" ", set.Path);
        for (int step = 0; step < set.Path.Count; step++)
        {
            string key = set.Path[step];
            if (Inside(shape, key) is not { } inner || node is not SpecNode.Mapping mapping)
            {
                return new SpecRefusal.NoSuchField(set.Thing, field);
            }

            kind = (shape as SpecShape.Object)?.Kind ?? (shape as SpecShape.NameOrObject)?.Kind;
            var value = mapping.Find(key)?.Value;
            if (step + 1 < set.Path.Count && value is SpecNode.Mapping)
            {
                (shape, path, node) = (inner, path[key], value);
                continue;
            }

            return SetValue(set, path, mapping, step, inner, kind);
        }

        return null;
    }

    private SpecRefusal? SetValue(SpecOperation.SetField set, SpecPath path, SpecNode.Mapping mapping, int step, SpecShape shape, SpecObjectKind? kind)
    {
        string key = set.Path[step];
        var old = mapping.Find(key)?.Value;
        if (set.Value is null)
        {
            Clear(path, mapping, key, isThere: step + 1 == set.Path.Count && old is not null, step);
            return null;
        }

        foreach (string inner in set.Path.Skip(step + 1))
        {
            if (Inside(shape, inner) is not { } next)
            {
                return new SpecRefusal.NoSuchField(set.Thing, string.Join(" ", set.Path));
            }

            shape = next;
        }

        // What stands in place of an object, such as the name of a class, is not replaced by a part of one.
        if (step + 1 < set.Path.Count && old is not null and not SpecNode.Scalar { Kind: ScalarKind.Null })
        {
            return new SpecRefusal.NoSuchField(set.Thing, string.Join(" ", set.Path));
        }

        if (Value(set, shape, step + 1 == set.Path.Count ? old : null, out var refusal) is not { } value)
        {
            return refusal;
        }

        foreach (string inner in set.Path.Skip(step + 1).Reverse())
        {
            value = new SpecNode.Mapping(default, [Entry(inner, value)]);
        }

        if (old is null)
        {
            _changes.Add(new TreeChange.AddKey(path, key, value, kind is null ? null : Behind(mapping, key, kind)));
        }
        else if (!TreeEditor.AreEqual(old, value))
        {
            _changes.Add(new TreeChange.Replace(path[key], value));
        }

        return null;
    }

    // An object of names that becomes empty goes with its last entry, unless something is noted in it.
    private void Clear(SpecPath path, SpecNode.Mapping mapping, string key, bool isThere, int step)
    {
        if (!isThere)
        {
            return;
        }

        bool isLast = mapping.Entries.Count == 1 && step > 0 && path.Parent is not null
            && !syntax.HasComment(((SpecNode.Mapping)path.Parent.In(root)!).Find(path.Key!)!.Value.KeyAt.End, syntax.EndOf(mapping));
        _changes.Add(isLast ? new TreeChange.RemoveKey(path.Parent!, path.Key!) : new TreeChange.RemoveKey(path, key));
    }

    private static SpecShape? Inside(SpecShape shape, string key) => shape switch
    {
        SpecShape.Object { Kind: var kind } => kind.Find(key)?.Shape,
        SpecShape.NameOrObject { Kind: var kind } => kind.Find(key)?.Shape,
        SpecShape.Map { Of: var of } => of,
        _ => null,
    };

    private static SpecNode? Value(SpecOperation.SetField set, SpecShape shape, SpecNode? old, out SpecRefusal? refusal)
    {
        string field = string.Join(" ", set.Path);
        string value = set.Value!;
        refusal = null;
        switch (shape)
        {
            case SpecShape.Text or SpecShape.Name or SpecShape.Choice or SpecShape.Amount or SpecShape.NameOrObject:
                return Text(value);
            case SpecShape.ObjectOrText when old is null or SpecNode.Scalar:
                return Text(value);
            case SpecShape.Plain or SpecShape.ParameterValues:
                return old is SpecNode.Scalar { Kind: ScalarKind.Number } && NumberText.IsJson(value) ? Scalar(ScalarKind.Number, value) : Text(value);
            case SpecShape.Whole when long.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number):
                return Scalar(ScalarKind.Number, number.ToString(CultureInfo.InvariantCulture));
            case SpecShape.Whole:
                refusal = new SpecRefusal.WrongValue(field, value, "a whole number");
                return null;
            case SpecShape.Flag when value.Trim().ToLowerInvariant() is "true" or "false":
                return Scalar(ScalarKind.Boolean, value.Trim().ToLowerInvariant());
            case SpecShape.Flag:
                refusal = new SpecRefusal.WrongValue(field, value, "true or false");
                return null;
            case SpecShape.Anything or SpecShape.ObjectOrText when SpecReader.Tree(value, SpecNotation.Json5) is { } json:
                return json;
            case SpecShape.Anything or SpecShape.ObjectOrText:
                refusal = new SpecRefusal.WrongValue(field, value, "JSON");
                return null;
            default:
                refusal = new SpecRefusal.NoSuchField(set.Thing, field);
                return null;
        }
    }

    private SpecRefusal? Connect(SpecThing from, SpecThing to)
    {
        var (job, thing, isOutput) = to.Kind == SpecThingKind.Job ? (to, from, false) : (from, to, true);
        if (job.Kind == SpecThingKind.Job && SpecEntries.Find(root, job) is { } known && IsSaid(known.Index, thing, isOutput))
        {
            return null;
        }

        if (SpecEditor.WhyNotConnect(document, from, to) is { } refusal)
        {
            return refusal;
        }

        var (index, entry) = SpecEntries.Find(root, job)!.Value;
        var (input, output) = Mentions.ListsOf(thing.Kind);
        return AddTo(SpecEntries.PathOf(SpecThingKind.Job, index), entry, isOutput ? output! : input, SpecSchema.Job, Text(thing.Name));
    }

    // By a list or by the command: one is as good as the other.
    private bool IsSaid(int job, SpecThing thing, bool isOutput) =>
        Mentions.Of(root, thing).Any(mention => mention.Entry == job && mention.IsOutput == isOutput)
        || (SpecEntries.Find(root, thing) is { } known && document.Relations is { } relations
            && relations.CopiesOf(SpecThingKind.Job, job).Count == 1 && relations.CopiesOf(thing.Kind, known.Index).Count == 1
            && relations.PlaceOf(job, thing.Kind, known.Index, isOutput) is not null);

    private SpecRefusal? Disconnect(SpecThing from, SpecThing to)
    {
        var (job, thing, isOutput) = to.Kind == SpecThingKind.Job ? (to, from, false) : (from, to, true);
        if (job.Kind != SpecThingKind.Job || (thing.Kind != SpecThingKind.Job && !thing.IsArtifact))
        {
            return new SpecRefusal.NotConnectable(from, to);
        }

        if (SpecEntries.Find(root, job) is not { } known)
        {
            return new SpecRefusal.NotThere(job);
        }

        if (SpecEntries.Find(root, thing) is not { } other)
        {
            return new SpecRefusal.NotThere(thing);
        }

        var mentions = Mentions.Of(root, thing).Where(mention => mention.Entry == known.Index && mention.IsOutput == isOutput).ToList();
        if (mentions.Count == 0 && thing.Kind == SpecThingKind.Job && document.Relations?.Through(other.Index, known.Index) is { } because)
        {
            return new SpecRefusal.Derived(job.Name, thing.Name, because);
        }

        RemoveMentions(mentions);
        return mentions.Count == 0 && document.Relations?.PlaceOf(known.Index, thing.Kind, other.Index, isOutput) is { } at
            ? new SpecRefusal.SaidOtherwise(job.Name, thing.Name, document.Reading.LineOf(at))
            : null;
    }

    private SpecRefusal? InsertJob(SpecOperation.InsertJob insert)
    {
        var consumer = SpecThing.Job(insert.Consumer);
        var (made, product) = (SpecThing.Job(insert.Name), insert.Thing with { Name = insert.Product });
        if (!insert.Thing.IsArtifact)
        {
            return new SpecRefusal.NotConnectable(insert.Thing, consumer);
        }

        if (SpecEntries.Find(root, consumer) is not { } known || SpecEntries.Find(root, insert.Thing) is not { } thing)
        {
            return new SpecRefusal.NotThere(SpecEntries.Find(root, consumer) is null ? consumer : insert.Thing);
        }

        if ((WhyNotName(made) ?? WhyNotName(product)) is { } refusal)
        {
            return refusal;
        }

        var mentions = Mentions.Of(root, insert.Thing).Where(mention => mention.Entry == known.Index && !mention.IsOutput).ToList();
        if (mentions.Count == 0)
        {
            return document.Relations?.PlaceOf(known.Index, insert.Thing.Kind, thing.Index, isOutput: false) is { } at
                ? new SpecRefusal.SaidOtherwise(insert.Consumer, insert.Thing.Name, document.Reading.LineOf(at))
                : new SpecRefusal.Other($"{insert.Consumer} does not need {insert.Thing.Name}.");
        }

        ReplaceMentions(mentions, insert.Thing.Kind, insert.Product);
        var (input, output) = Mentions.ListsOf(insert.Thing.Kind);
        var fields = new List<(string Key, SpecNode Value)> { ("command", Text(insert.Command)) };
        if (!insert.Command.Contains(Mentions.Reference(insert.Thing.Kind, isOutput: false, insert.Thing.Name), StringComparison.Ordinal))
        {
            fields.Add((input, new SpecNode.Sequence(default, [Text(insert.Thing.Name)])));
        }

        if (!insert.Command.Contains(Mentions.Reference(insert.Thing.Kind, isOutput: true, insert.Product), StringComparison.Ordinal))
        {
            fields.Add((output!, new SpecNode.Sequence(default, [Text(insert.Product)])));
        }

        return Add(made, [.. fields]) ?? Add(product, insert.Thing.Kind == SpecThingKind.UserData ? [] : [("path", Text(insert.Path))]);
    }

    private SpecRefusal? Assign(SpecOperation.Assign assign)
    {
        if (assign.Requirements is { } name && SpecEntries.Find(root, SpecThing.Requirements(name)) is null)
        {
            return new SpecRefusal.NotThere(SpecThing.Requirements(name));
        }

        return SetField(new SpecOperation.SetField(SpecThing.Job(assign.Job), ["resource_requirements"], assign.Requirements));
    }

    private SpecRefusal? AddParameter(SpecOperation.AddParameter add)
    {
        if (add.Thing.Kind is not SpecThingKind.Job && !add.Thing.IsArtifact)
        {
            return new SpecRefusal.NoSuchField(add.Thing, "parameters");
        }

        return SpecEntries.Find(root, add.Thing) is { } found && SpecEntries.Find(SpecEntries.Find(found.Entry, "parameters"), add.Name) is not null
            ? new SpecRefusal.Other($"{add.Thing.Name} has a parameter {Quoting.Quote(add.Name)} already.")
            : SetField(new SpecOperation.SetField(add.Thing, ["parameters", add.Name], add.Values));
    }

    private static SpecNode.Scalar Text(string text) => Scalar(ScalarKind.Text, text);

    private static SpecNode.Scalar Scalar(ScalarKind kind, string text) => new(default, kind, text);

    private static SpecEntry Entry(string key, SpecNode value) => new(key, default, value);
}
