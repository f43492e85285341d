using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;
using static Torc.Shared.Specs.Editing.Nodes;

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
        SpecOperation.AddDataset add => Add(SpecThing.Dataset(add.Name), ("path", Text(add.Path))),
        SpecOperation.AddFailureHandler add => Add(SpecThing.FailureHandler(add.Name), ("rules", List(Object(Entry("match_all_exit_codes", Scalar(ScalarKind.Boolean, "true")))))),
        SpecOperation.AddRequirements add => Add(
            SpecThing.Requirements(add.Name), ("num_cpus", Scalar(ScalarKind.Number, add.Cpus.ToString(CultureInfo.InvariantCulture))), ("memory", Text(add.Memory))),
        SpecOperation.Rename rename => Rename(rename.Thing, rename.To),
        SpecOperation.Remove remove => Remove(remove.Thing),
        SpecOperation.SetField set => SetField(set),
        SpecOperation.Connect connect => Connect(connect.From, connect.To),
        SpecOperation.Disconnect disconnect => Disconnect(disconnect.From, disconnect.To),
        SpecOperation.InsertJob insert => InsertJob(insert),
        SpecOperation.Assign assign => Assign(assign.Job, "resource_requirements", SpecThing.Requirements(assign.Requirements ?? ""), assign.Requirements),
        SpecOperation.AssignHandler assign => Assign(assign.Job, "failure_handler", SpecThing.FailureHandler(assign.Handler ?? ""), assign.Handler),
        SpecOperation.AddParameter add => AddParameter(add),
        SpecOperation.RenameParameter rename => RenameParameter(rename),
        SpecOperation.RemoveParameter remove => RemoveParameter(remove),
        SpecOperation.Paste paste => Paste(paste.Json),
        SpecOperation.Duplicate duplicate => Duplicate(duplicate.Things),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "is done otherwise"),
    };

    private SpecRefusal? Add(SpecThing thing, params (string Key, SpecNode Value)[] more)
    {
        if (WhyNotName(thing) is { } refusal)
        {
            return refusal;
        }

        var entry = Object([Entry("name", Text(thing.Name)), .. more.Select(field => Entry(field.Key, field.Value))]);
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

        return document.Relations?.IsCopy(thing) == true ? new SpecRefusal.NameTaken(thing) : null;
    }

    // To a list that is there, or to a new one.
    private SpecRefusal.NoRoom? AddTo(SpecPath owner, SpecNode node, string key, SpecObjectKind kind, SpecNode item, bool isLong = false)
    {
        if (SpecEntries.Find(node, key) is not SpecNode.Sequence)
        {
            return AddTo(owner, node, key, kind, [item]);
        }

        _changes.Add(new TreeChange.AddItem(owner[key], item, isLong));
        return null;
    }

    private SpecRefusal.NoRoom? AddTo(SpecPath owner, SpecNode node, string key, SpecObjectKind kind, IReadOnlyList<SpecNode> items)
    {
        switch ((node as SpecNode.Mapping)?.Find(key)?.Value)
        {
            case null when node is SpecNode.Mapping mapping:
                _changes.Add(new TreeChange.AddKey(owner, key, List(items), Behind(mapping, key, kind)));
                return null;
            case SpecNode.Scalar { Kind: ScalarKind.Null }:
                _changes.Add(new TreeChange.Replace(owner[key], List(items)));
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
        _changes.AddRange(NewName.In(Mentions.Of(root, thing), thing.Kind, to));
        return null;
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

        bool isWhole = step + 1 == set.Path.Count;
        if (FieldValue.Read(string.Join(" ", set.Path), set.Value, shape, isWhole ? old : null, out var refusal) is not { } value)
        {
            return refusal;
        }

        if (FieldValue.IsNothing(value, shape) && !(isWhole && kind?.Find(key) is { IsRequired: true }))
        {
            Empty(path, mapping, key, step, isWhole ? old : null);
            return null;
        }

        foreach (string inner in set.Path.Skip(step + 1).Reverse())
        {
            value = Object(Entry(inner, value));
        }

        if (old is null)
        {
            _changes.Add(new TreeChange.AddKey(path, key, value, kind is null ? null : Behind(mapping, key, kind)));
        }
        else
        {
            _changes.AddRange(TreeDifference.Between(path[key], old, value));
        }

        return null;
    }

    // A list or an object that becomes empty goes with its key, unless something is noted in it.
    private void Empty(SpecPath path, SpecNode.Mapping mapping, string key, int step, SpecNode? old)
    {
        bool isNoted = old is not null && syntax.HasComment(mapping.Find(key)!.Value.KeyAt.End, syntax.EndOf(old));
        switch (old)
        {
            case SpecNode.Sequence list when isNoted:
                _changes.AddRange(Enumerable.Range(0, list.Items.Count).Reverse().Select(index => new TreeChange.RemoveItem(path[key], index)));
                break;
            case SpecNode.Mapping inner when isNoted:
                _changes.AddRange(inner.Entries.Select(entry => new TreeChange.RemoveKey(path[key], entry.Key)));
                break;
            default:
                Clear(path, mapping, key, isThere: old is not null, step);
                break;
        }
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

        _changes.AddRange(NewName.In(mentions, insert.Thing.Kind, insert.Product));
        var (input, output) = Mentions.ListsOf(insert.Thing.Kind);
        var fields = new List<(string Key, SpecNode Value)> { ("command", Text(insert.Command)) };
        if (!insert.Command.Contains(Mentions.Reference(insert.Thing.Kind, isOutput: false, insert.Thing.Name), StringComparison.Ordinal))
        {
            fields.Add((input, List(Text(insert.Thing.Name))));
        }

        if (!insert.Command.Contains(Mentions.Reference(insert.Thing.Kind, isOutput: true, insert.Product), StringComparison.Ordinal))
        {
            fields.Add((output!, List(Text(insert.Product))));
        }

        return Add(made, [.. fields]) ?? Add(product, insert.Thing.Kind == SpecThingKind.UserData ? [] : [("path", Text(insert.Path))]);
    }

    private SpecRefusal? Assign(string job, string key, SpecThing thing, string? name) => name is not null && SpecEntries.Find(root, thing) is null
        ? new SpecRefusal.NotThere(thing)
        : SetField(new SpecOperation.SetField(SpecThing.Job(job), [key], name));

    private SpecRefusal? AddParameter(SpecOperation.AddParameter add)
    {
        if (add.Thing.Kind is not SpecThingKind.Job && !add.Thing.IsArtifact)
        {
            return new SpecRefusal.NoSuchField(add.Thing, "parameters");
        }

        return SpecEntries.Find(root, add.Thing) is { } found && SpecEntries.Find(SpecEntries.Find(found.Entry, "parameters"), add.Name) is not null
            ? HasParameter(add.Thing, add.Name)
            : SetField(new SpecOperation.SetField(add.Thing, ["parameters", add.Name], add.Values));
    }

    private SpecRefusal? RenameParameter(SpecOperation.RenameParameter rename)
    {
        if (ParametersOf(rename.Thing, rename.Name, out var parameters) is { } refusal)
        {
            return refusal;
        }

        if (parameters!.Find(rename.To) is not null)
        {
            return rename.To == rename.Name ? null : HasParameter(rename.Thing, rename.To);
        }

        var (index, entry) = SpecEntries.Find(root, rename.Thing)!.Value;
        if (ParameterNames.Has(entry, rename.To))
        {
            return new SpecRefusal.Other($"{rename.Thing.Name} has {{{rename.To}}} in a text already, which would become a place for the parameter.");
        }

        var path = SpecEntries.PathOf(rename.Thing.Kind, index);
        _changes.Add(new TreeChange.RenameKey(path["parameters"], rename.Name, rename.To));
        foreach (var field in entry.Entries.Where(field => field.Key is not ("parameters" or "use_parameters")))
        {
            _changes.AddRange(ParameterNames.Replace(field.Value, path[field.Key], rename.Name, rename.To));
        }

        return null;
    }

    private SpecRefusal? RemoveParameter(SpecOperation.RemoveParameter remove)
    {
        if (ParametersOf(remove.Thing, remove.Name, out var parameters) is { } refusal)
        {
            return refusal;
        }

        var (index, entry) = SpecEntries.Find(root, remove.Thing)!.Value;
        bool isLast = parameters!.Entries.Count == 1 && entry.Find("use_parameters") is null;
        if (isLast && entry.Find("parameter_mode") is not null)
        {
            _changes.Add(new TreeChange.RemoveKey(SpecEntries.PathOf(remove.Thing.Kind, index), "parameter_mode"));
        }

        return SetField(new SpecOperation.SetField(remove.Thing, ["parameters", remove.Name], null));
    }

    private SpecRefusal? ParametersOf(SpecThing thing, string name, out SpecNode.Mapping? parameters)
    {
        parameters = null;
        if (thing.Kind == SpecThingKind.Workflow || SpecEntries.Find(root, thing) is not { } found)
        {
            return new SpecRefusal.NotThere(thing);
        }

        parameters = SpecEntries.Find(found.Entry, "parameters") as SpecNode.Mapping;
        return parameters?.Find(name) is null ? new SpecRefusal.Other($"{thing.Name} has no parameter {Quoting.Quote(name)} of its own.") : null;
    }

    private static SpecRefusal.Other HasParameter(SpecThing thing, string name) => new($"{thing.Name} has a parameter {Quoting.Quote(name)} already.");

    private SpecRefusal? Paste(string json)
    {
        if (SpecClip.Read(json) is not { } clip)
        {
            return new SpecRefusal.Other("What was copied last is no part of a spec: JSON with jobs, files or other lists of a spec.");
        }

        foreach (var list in ((SpecNode.Mapping)ClipFit.To(document, clip)).Entries)
        {
            if (AddAll(list.Key, ((SpecNode.Sequence)list.Value).Items) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private SpecRefusal.NoRoom? AddAll(string key, IReadOnlyList<SpecNode> items)
    {
        bool isLong = key == SpecEntries.KeyOf(SpecThingKind.Job);
        if (SpecEntries.Find(root, key) is not SpecNode.Sequence)
        {
            return AddTo(SpecPath.Top, root, key, SpecSchema.Workflow, items);
        }

        _changes.AddRange(items.Select(item => new TreeChange.AddItem(SpecPath.Top[key], item, isLong)));
        return null;
    }

    private SpecRefusal? Duplicate(IReadOnlyList<SpecThing> things) =>
        things.Where(thing => SpecEntries.Find(root, thing) is null).Select(thing => new SpecRefusal.NotThere(thing)).FirstOrDefault() is { } missing ? missing
        : SpecClip.Copy(document, things) is { } json ? Paste(json)
        : null;
}
