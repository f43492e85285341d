using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What each gesture asks for, and what comes of it.</summary>
internal static class EditorAsks
{
    private const string NoCommand = "";

    /// <summary>Something new that hangs together with nothing.</summary>
    public static EditorAsk Add(SpecDocument document, SpecThingKind kind, SpecPlace? at, double left, double top, string? proposal = null)
    {
        string name = SpecEditor.FreeName(document, kind, proposal ?? kind switch { SpecThingKind.Job => "job", SpecThingKind.File => "file", _ => "data" });
        return new EditorAsk(
            kind switch { SpecThingKind.Job => "New job", SpecThingKind.File => "New file", _ => "New user data" },
            name, [], at, left, top,
            given => (New(kind, given), new SpecThing(kind, given)));
    }

    /// <summary>Something new by its name; what it is comes after.</summary>
    public static EditorAsk Any(SpecDocument document, SpecPlace at, double left, double top)
    {
        var job = Add(document, SpecThingKind.Job, at, left, top);
        return job with
        {
            Title = "New",
            Kinds =
            [
                ("Job", job.Make!),
                ("File", Add(document, SpecThingKind.File, at, left, top).Make!),
                ("User data", Add(document, SpecThingKind.UserData, at, left, top).Make!),
                ("Sweep of jobs", Sweep(document, at, left, top).Make!),
            ],
        };
    }

    /// <summary>A job of which a parameter makes many.</summary>
    public static EditorAsk Sweep(SpecDocument document, SpecPlace at, double left, double top) => new(
        "New sweep of jobs", SpecEditor.FreeName(document, SpecThingKind.Job, "job_{i}"), [], at, left, top,
        name => (
            new SpecOperation.Together($"Add sweep {name}", [new SpecOperation.AddJob(name, NoCommand), new SpecOperation.AddParameter(SpecThing.Job(name), "i", "1:10")]),
            SpecThing.Job(name)));

    /// <summary>A line was drawn from a thing to where nothing lies.</summary>
    /// <param name="isOutput">Whether it began on the side of what comes of the thing.</param>
    public static EditorAsk FromThing(SpecDocument document, SpecThing from, bool isOutput, SpecPlace at, double left, double top) => from.Kind == SpecThingKind.Job
        ? new EditorAsk(
            isOutput ? $"New file that {from.Name} produces" : $"New file that {from.Name} needs",
            SpecEditor.FreeName(document, SpecThingKind.File, isOutput ? $"{from.Name}_out" : $"{from.Name}_in"),
            Others(document, from, isOutput, [SpecThingKind.File, SpecThingKind.UserData]), at, left, top,
            name => Linked(from, isOutput, SpecThing.File(name)))
        : new EditorAsk(
            isOutput ? $"New job that needs {from.Name}" : $"New job that produces {from.Name}",
            SpecEditor.FreeName(document, SpecThingKind.Job, "job"),
            Others(document, from, isOutput, [SpecThingKind.Job]), at, left, top,
            name => Linked(from, isOutput, SpecThing.Job(name)));

    /// <summary>A line was drawn from a job to another.</summary>
    public static EditorAsk BetweenJobs(SpecDocument document, SpecThing from, SpecThing to, double left, double top)
    {
        var graph = SpecGraph.Of(document);
        var outputs = graph.Edges.Where(edge => edge.From == from && edge.To.IsArtifact).Select(edge => edge.To).Distinct().ToList();
        var choices = outputs.Select(output => ($"{to.Name} needs {output.Name}", (SpecOperation)new SpecOperation.Connect(output, to)))
            .Append(($"Order only: {to.Name} waits for {from.Name}", new SpecOperation.Connect(from, to)));
        return new EditorAsk(
            "Through a new file", SpecEditor.FreeName(document, SpecThingKind.File, $"{from.Name}_out"), [.. choices], null, left, top,
            name => (
                new SpecOperation.Together(
                    $"Connect {from.Name} to {to.Name} through {name}",
                    [new SpecOperation.AddFile(name, name), new SpecOperation.Connect(from, SpecThing.File(name)), new SpecOperation.Connect(SpecThing.File(name), to)]),
                SpecThing.File(name)));
    }

    /// <summary>A job was put onto the line from a thing to the job that needs it.</summary>
    public static EditorAsk Insert(SpecDocument document, SpecThing thing, SpecThing consumer, SpecPlace at, double left, double top) => new(
        $"New job between {thing.Name} and {consumer.Name}", SpecEditor.FreeName(document, SpecThingKind.Job, "job"), [], at, left, top,
        name =>
        {
            string product = SpecEditor.FreeName(document, thing.Kind, $"{name}_out");
            return (new SpecOperation.InsertJob(thing, consumer.Name, name, NoCommand, product, product), SpecThing.Job(name));
        });

    private static (SpecOperation Operation, SpecThing New) Linked(SpecThing from, bool isOutput, SpecThing made)
    {
        SpecOperation connect = isOutput ? new SpecOperation.Connect(from, made) : new SpecOperation.Connect(made, from);
        var add = New(made.Kind, made.Name);
        return (new SpecOperation.Together($"{add.Title} {(isOutput ? "after" : "before")} {from.Name}", [add, connect]), made);
    }

    private static SpecOperation New(SpecThingKind kind, string name) => kind switch
    {
        SpecThingKind.Job => new SpecOperation.AddJob(name, NoCommand),
        SpecThingKind.File => new SpecOperation.AddFile(name, name),
        _ => new SpecOperation.AddData(name),
    };

    // What is there already, and could be connected.
    private static IReadOnlyList<(string Words, SpecOperation Operation)> Others(SpecDocument document, SpecThing from, bool isOutput, SpecThingKind[] kinds)
    {
        var graph = SpecGraph.Of(document);
        var connected = graph.Edges.Where(edge => edge.From == from || edge.To == from).SelectMany(edge => new[] { edge.From, edge.To }).ToHashSet();
        return [.. graph.Nodes.Select(node => node.Thing)
            .Where(thing => kinds.Contains(thing.Kind) && !connected.Contains(thing)
                && (isOutput ? SpecEditor.WhyNotConnect(document, from, thing) : SpecEditor.WhyNotConnect(document, thing, from)) is null)
            .Take(8)
            .Select(thing => (thing.Name, isOutput ? (SpecOperation)new SpecOperation.Connect(from, thing) : new SpecOperation.Connect(thing, from)))];
    }
}
