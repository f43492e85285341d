using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>Does operations to documents: by as few characters as it takes, or not at all.</summary>
public static class SpecEditor
{
    public static SpecEdit Apply(SpecDocument document, SpecOperation operation) =>
        operation is SpecOperation.Together together ? ApplyAll(document, together.Operations) : ApplyOne(document, operation);

    /// <summary>What speaks against connecting two things; null if nothing does. It looks at what the document says, and writes nothing.</summary>
    public static SpecRefusal? WhyNotConnect(SpecDocument document, SpecThing from, SpecThing to) => (from.Kind, to.Kind) switch
    {
        (SpecThingKind.Job, SpecThingKind.Job) => Known(document, from, to, (relations, one, other) => relations.WhyNotWait(other, one)),
        (SpecThingKind.Job, _) when to.IsArtifact => Known(document, from, to, (relations, one, other) => relations.WhyNotProduce(one, to, other)),
        (_, SpecThingKind.Job) when from.IsArtifact => Known(document, from, to, (relations, one, other) => relations.WhyNotNeed(other, from, one)),
        _ => new SpecRefusal.NotConnectable(from, to),
    };

    /// <summary>A name that no thing of a kind has: the one that is proposed, or that with a number.</summary>
    public static string FreeName(SpecDocument document, SpecThingKind kind, string proposal)
    {
        var taken = SpecEntries.Of(document.Root, kind).Select(entry => entry.Name).ToHashSet();
        return Enumerable.Range(1, taken.Count + 1)
            .Select(number => number == 1 ? proposal : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{proposal}{number}"))
            .First(name => !taken.Contains(name));
    }

    /// <summary>The jobs, actions and failure handlers that name a thing: what removing it would change.</summary>
    public static IReadOnlyList<string> NamedBy(SpecDocument document, SpecThing thing) =>
        document.Root is { } root ? [.. Mentions.Of(root, thing).Select(mention => mention.Owner).Distinct()] : [];

    private static SpecRefusal? Known(SpecDocument document, SpecThing from, SpecThing to, Func<Relations, int, int, SpecRefusal?> ask)
    {
        if (SpecEntries.Find(document.Root, from) is not { } one)
        {
            return new SpecRefusal.NotThere(from);
        }

        if (SpecEntries.Find(document.Root, to) is not { } other)
        {
            return new SpecRefusal.NotThere(to);
        }

        return document.Relations is { } relations ? ask(relations, one.Index, other.Index) : null;
    }

    private static SpecEdit ApplyAll(SpecDocument document, IReadOnlyList<SpecOperation> operations)
    {
        IReadOnlyList<TextChange> changes = [];
        var now = document;
        foreach (var operation in operations)
        {
            switch (Apply(now, operation))
            {
                case SpecEdit.Done done:
                    changes = TextChanges.Then(document.Text, changes, done.Changes);
                    now = done.After;
                    break;
                case var refused:
                    return refused;
            }
        }

        return new SpecEdit.Done(document, now, TextChanges.Trim(document.Text, changes));
    }

    private static SpecEdit ApplyOne(SpecDocument document, SpecOperation operation)
    {
        if (document is not { Root: { } root, Notation: { } notation })
        {
            return new SpecEdit.Refused(new SpecRefusal.Unreadable(document.Reading.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error)));
        }

        if (notation is SpecNotation.Kdl or SpecNotation.Commands)
        {
            return new SpecEdit.Refused(new SpecRefusal.NotEditable(notation == SpecNotation.Kdl ? "KDL" : "A file of commands"));
        }

        var plan = new SpecPlan(document, root, new SpecSyntax(document.Body, notation));
        if (plan.Make(operation) is { } refusal)
        {
            return new SpecEdit.Refused(refusal);
        }

        return Change(document, plan.Changes) switch
        {
            SpecEdit.Done done when WhyNotMeant(done, operation) is { } why => new SpecEdit.Refused(why),
            var edit => edit,
        };
    }

    /// <summary>Makes changes of a tree to a document that can be read.</summary>
    internal static SpecEdit Change(SpecDocument document, IReadOnlyList<TreeChange> wanted)
    {
        if (wanted.Count == 0)
        {
            return new SpecEdit.Done(document, document, []);
        }

        var (changes, refusal) = TreeEditor.Edit(document, wanted);
        return changes is null ? new SpecEdit.Refused(refusal!) : new SpecEdit.Done(document, changes.Count == 0 ? document : document.With(changes), changes);
    }

    // What an operation says of names and connections must come true; a field may be given a value that is wrong, as one who types does.
    private static SpecRefusal? WhyNotMeant(SpecEdit.Done done, SpecOperation operation)
    {
        bool isTyping = operation is SpecOperation.SetField or SpecOperation.Remove or SpecOperation.RemoveParameter or SpecOperation.Paste or SpecOperation.Duplicate
            or SpecOperation.AddJob or SpecOperation.AddFile or SpecOperation.AddDataset or SpecOperation.AddRequirements;
        var before = Errors(done.Before);
        // What a new job is to run may be said later.
        string? unsaid = operation is SpecOperation.InsertJob { Command: "", Name: var made } && SpecEntries.Find(done.After.Root, SpecThing.Job(made)) is { } job
            ? SpecEntries.PathOf(SpecThingKind.Job, job.Index)["command"].ToString()
            : null;
        foreach (var group in Errors(done.After, unsaid).Where(group => group.Count() > (before.FirstOrDefault(other => other.Key == group.Key)?.Count() ?? 0)))
        {
            var problem = group.Last();
            switch (operation, group.Key)
            {
                case (SpecOperation.Rename { Thing: var thing, To: var to }, DiagnosticCodes.DuplicateName):
                    return new SpecRefusal.NameTaken(thing with { Name = to });
                case (SpecOperation.Rename rename, DiagnosticCodes.BadName):
                    return new SpecRefusal.NameNotAllowed(rename.To, problem.Message);
                case var _ when !isTyping:
                    return new SpecRefusal.Mistake(problem);
            }
        }

        return operation switch
        {
            SpecOperation.Rename { Thing: { Kind: not SpecThingKind.Workflow } thing } when done is { Before.Relations: { } was, After.Relations: { } now } && was.FirstDifference(now) is { } difference =>
                new SpecRefusal.SaidOtherwise(difference.Job.Name, thing.Name, done.Before.Reading.LineOf(difference.At)),
            SpecOperation.Disconnect { From: var from, To: var to } when StillSaid(done.After, from, to) is { } still => still,
            _ => null,
        };
    }

    private static SpecRefusal.SaidOtherwise? StillSaid(SpecDocument document, SpecThing from, SpecThing to)
    {
        if (document.Relations is not { } relations || SpecEntries.Find(document.Root, from) is not { } one || SpecEntries.Find(document.Root, to) is not { } other)
        {
            return null;
        }

        var (job, entry, thing, isOutput) = to.Kind == SpecThingKind.Job ? (other.Index, one.Index, from, false) : (one.Index, other.Index, to, true);
        return relations.PlaceOf(job, thing.Kind, entry, isOutput) is { } at
            ? new SpecRefusal.SaidOtherwise(isOutput ? from.Name : to.Name, thing.Name, document.Reading.LineOf(at))
            : null;
    }

    private static List<IGrouping<string, Diagnostic>> Errors(SpecDocument document, string? except = null) =>
        [.. document.Reading.Problems.Where(problem => problem.Severity == Severity.Error && problem.Code != DiagnosticCodes.More && problem.Path != except).GroupBy(problem => problem.Code)];
}
