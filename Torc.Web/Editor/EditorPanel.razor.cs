using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>The form of what is selected. What it asks for comes from the schema of specs; lists, forms and lines are one truth.</summary>
public sealed partial class EditorPanel
{
    private const int MostCopies = 5;

    private static readonly string[] Leading = ["command", "path", "data", "is_ephemeral"];
    private static readonly string[] OnFailure = ["failure_handler", "on_lost", "cancel_on_blocking_job_failure"];
    private static readonly string[] OfSweep = ["parameters", "parameter_mode", "use_parameters"];
    private static readonly string[] OfLinks = ["depends_on", "input_files", "output_files", "input_datasets", "output_datasets", "input_user_data", "output_user_data"];
    private static readonly string[] OfWorkflow = ["name", "description", "project", "user", "recovery", "on_lost", "early_cutoff", "variables", "env"];
    private static readonly string[] OfSeveral = ["resource_requirements", "failure_handler", "priority", "label", "on_lost"];

    private string? _refusal;
    private string? _sweepRefusal;
    private string _parameter = "";
    private string _values = "";

    [Parameter, EditorRequired]
    public DraftRoom Room { get; set; } = null!;

    [Parameter, EditorRequired]
    public DraftState State { get; set; } = null!;

    /// <summary>Keys of things and lines.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<string> Selected { get; set; } = null!;

    /// <summary>What its jobs used when they ran last.</summary>
    [Parameter, EditorRequired]
    public EditorUses Uses { get; set; } = null!;

    /// <summary>The line that is selected; null if none is.</summary>
    [Parameter]
    public EditorEdge? Edge { get; set; }

    [Parameter]
    public bool CanEdit { get; set; }

    /// <summary>Another thing is wanted.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> Chosen { get; set; }

    /// <summary>What is selected has another key. The keyboard stays where it is: Tab may have led to the next field already.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> Renamed { get; set; }

    /// <summary>Why something was not done.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> Refused { get; set; }

    /// <summary>The selected line is to go.</summary>
    [Parameter, EditorRequired]
    public EventCallback Disconnected { get; set; }

    // In the order of the document, and only what is there.
    private IReadOnlyList<SpecThing> Things => [.. SpecGraph.Of(State.Shown).Nodes.Select(node => node.Thing).Where(thing => Selected.Contains(thing.Key))];

    private IEnumerable<SpecFormField> WorkflowFields => SpecForm.Of(State.Shown, SpecThing.Workflow).Where(one => OfWorkflow.Contains(one.Name));

    private IEnumerable<(SpecFormField Field, bool Mixed)> Common
    {
        get
        {
            var forms = Things.Select(thing => SpecForm.Of(State.Shown, thing)).ToList();
            foreach (string name in OfSeveral)
            {
                var fields = forms.Select(form => form.FirstOrDefault(one => one.Path.Count == 1 && one.Name == name)).ToList();
                if (fields.All(one => one is not null))
                {
                    bool isMixed = fields.DistinctBy(one => one!.Value).Count() > 1;
                    yield return (isMixed ? fields[0]! with { Value = null } : fields[0]!, isMixed);
                }
            }
        }
    }

    [GeneratedRegex(@"\$\{files\.(?<way>input|output)\.(?<name>[^}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileReference { get; }

    private IEnumerable<EditorSection> Sections(SpecThing thing)
    {
        var fields = SpecForm.Of(State.Shown, thing);
        List<SpecFormField> Of(string[] names) => [.. fields.Where(field => field.Path.Count == 1 && names.Contains(field.Name))];
        if (thing.Kind != SpecThingKind.Job)
        {
            yield return new EditorSection(null, null, IsOpen: true, thing, Of(Leading), EditorExtra.Links);
            yield return new EditorSection("Sweep", null, SpecForm.Parameters(State.Shown, thing).Count > 0, thing, [], EditorExtra.Sweep);
            yield return new EditorSection("Advanced", null, IsOpen: false, thing, [.. fields.Where(field => !Leading.Contains(field.Name) && !OfSweep.Contains(field.Name)), .. Of(["parameter_mode", "use_parameters"])], EditorExtra.None);
            yield break;
        }

        yield return new EditorSection(null, null, IsOpen: true, thing, Of(["command"]), EditorExtra.Links);
        var own = fields.Where(field => field.Path[0] == "resource_requirements").ToList();
        yield return new EditorSection("Resources", null, IsOpen: true, thing, own, own is [{ Path.Count: 1 }] ? EditorExtra.Class : EditorExtra.None);
        if (own is [{ Path.Count: 1, Value: { } name }] && SpecForm.Of(State.Shown, SpecThing.Requirements(name)) is { Count: > 0 } asked)
        {
            int users = SpecGraph.Of(State.Shown).Nodes.Count(node => node.Requirements == name);
            yield return new EditorSection($"Class {name}", users > 1 ? string.Create(CultureInfo.InvariantCulture, $"for {users} jobs") : null, IsOpen: true, SpecThing.Requirements(name), asked, EditorExtra.None);
        }

        var handling = Of(OnFailure);
        string? handler = handling.Find(field => field.Name == "failure_handler")?.Value;
        yield return new EditorSection("On failure", null, IsOpen: handler is not null, thing, handling, handler is null ? EditorExtra.Handler : EditorExtra.None);
        if (handler is not null && SpecForm.Of(State.Shown, new SpecThing(SpecThingKind.FailureHandler, handler)) is { Count: > 0 } rules)
        {
            yield return new EditorSection($"Failure handler {handler}", null, IsOpen: true, new SpecThing(SpecThingKind.FailureHandler, handler), rules, EditorExtra.None);
        }

        yield return new EditorSection("Sweep", null, SpecForm.Parameters(State.Shown, thing).Count > 0, thing, [], EditorExtra.Sweep);
        string[] elsewhere = ["command", "resource_requirements", "parameters", .. OnFailure, .. OfLinks];
        yield return new EditorSection("Advanced", null, IsOpen: false, thing, [.. fields.Where(field => !elsewhere.Contains(field.Path[0]))], EditorExtra.None);
    }

    private IEnumerable<EditorLinks> Links(SpecThing thing)
    {
        var graph = SpecGraph.Of(State.Shown);
        bool isJob = thing.Kind == SpecThingKind.Job;
        var before = graph.Edges.Where(edge => edge.To == thing).ToList();
        var after = graph.Edges.Where(edge => edge.From == thing).ToList();
        if (isJob)
        {
            yield return Group("needs", "Needs", before.Where(edge => edge.From.IsArtifact), other => new SpecOperation.Connect(other, thing), isBefore: true, isJobs: false);
            yield return Group("produces", "Produces", after.Where(edge => edge.To.IsArtifact), other => new SpecOperation.Connect(thing, other), isBefore: false, isJobs: false);
            yield return Group("waits", "Waits for", before.Where(edge => !edge.From.IsArtifact), other => new SpecOperation.Connect(other, thing), isBefore: true, isJobs: true);
        }
        else
        {
            yield return Group("producers", "Produced by", before, other => new SpecOperation.Connect(other, thing), isBefore: true, isJobs: true);
            yield return Group("consumers", "Needed by", after, other => new SpecOperation.Connect(thing, other), isBefore: false, isJobs: true);
        }

        EditorLinks Group(string name, string words, IEnumerable<SpecGraphEdge> edges, Func<SpecThing, SpecOperation.Connect> connect, bool isBefore, bool isJobs)
        {
            var list = edges.ToList();
            var links = list.Select(edge => LinkOf(edge, isBefore ? edge.From : edge.To)).ToList();
            var others = graph.Nodes.Select(node => node.Thing)
                .Where(other => other != thing && other.IsArtifact != isJobs && links.TrueForAll(link => link.Other != other))
                .Where(other => SpecEditor.WhyNotConnect(State.Shown, connect(other).From, connect(other).To) is null)
                .Select(other => (other, (SpecOperation)connect(other)));
            return new EditorLinks(name, words, links, [.. others], list.Count(edge => edge.Origin == SpecGraphOrigin.Otherwise));
        }
    }

    private static EditorLink LinkOf(SpecGraphEdge edge, SpecThing other) => new(
        other,
        edge.Origin switch { SpecGraphOrigin.Command => "in the command", SpecGraphOrigin.Both => "in a list and the command", SpecGraphOrigin.Otherwise => "by a pattern or a copy's name", _ => null },
        $"{edge.From.Name} → {edge.To.Name}",
        new SpecOperation.Disconnect(edge.From, edge.To));

    // Names in the command that no file has: perhaps the file is yet to be declared.
    private IEnumerable<(string Name, bool IsOutput)> UnknownFiles(SpecThing thing)
    {
        var files = SpecForm.Names(State.Shown, SpecThingKind.File);
        string command = thing.Kind == SpecThingKind.Job ? SpecForm.Of(State.Shown, thing).FirstOrDefault(field => field.Name == "command")?.Value ?? "" : "";
        return FileReference.Matches(command)
            .Select(match => (Name: match.Groups["name"].Value, IsOutput: match.Groups["way"].Value == "output"))
            .Where(reference => !files.Contains(reference.Name) && !reference.Name.Contains('{', StringComparison.Ordinal))
            .DistinctBy(reference => reference.Name);
    }

    private string SweepWords(SpecThing thing)
    {
        var parameters = SpecForm.Parameters(State.Shown, thing);
        if (parameters.Count == 0)
        {
            return "Parameters make a copy for each combination of their values.";
        }

        int copies = SpecGraph.Of(State.Shown).Nodes.FirstOrDefault(node => node.Thing == thing)?.Copies ?? 0;
        var names = SpecForm.CopyNames(State.Shown, thing, MostCopies);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(" × ", parameters.Select(parameter => parameter.Name))} = {copies:N0} {(thing.Kind == SpecThingKind.Job ? "jobs" : "copies")}{(names.Count == 0 ? "" : $": {string.Join(", ", names)}{(copies > names.Count ? ", …" : "")}")}");
    }

    // Writes as somebody types; what follows closely in the same field is one step.
    private string? Write(SpecThing thing, IReadOnlyList<string> path, string? value) =>
        Room.Do(new SpecOperation.SetField(thing, path, value), this, $"{thing.Key} {string.Join(' ', path)}") is SpecEdit.Refused refused ? refused.Why : null;

    private string? SetAll(SpecFormField field, string? value)
    {
        var operation = new SpecOperation.Together(
            string.Create(CultureInfo.InvariantCulture, $"Change {field.Name} of {Things.Count} jobs"), [.. Things.Select(thing => new SpecOperation.SetField(thing, field.Path, value))]);
        return Room.Do(operation, this) is SpecEdit.Refused refused ? refused.Why : null;
    }

    private async Task RenameAsync(SpecThing thing, string name)
    {
        _refusal = null;
        if (Room.Do(new SpecOperation.Rename(thing, name.Trim()), this) is SpecEdit.Refused refused)
        {
            _refusal = refused.Why;
            return;
        }

        await Renamed.InvokeAsync((thing with { Name = name.Trim() }).Key);
    }

    private async Task Do(SpecOperation operation)
    {
        if (Room.Do(operation, this) is SpecEdit.Refused refused)
        {
            await Refused.InvokeAsync(refused.Why);
        }
    }

    private Task Connect(EditorLinks group, string? key) =>
        group.Others.FirstOrDefault(other => other.Other.Key == key) is { Connection: { } connection } ? Do(connection) : Task.CompletedTask;

    private Task NewClass(SpecThing job)
    {
        string name = SpecEditor.FreeName(State.Document, SpecThingKind.Requirements, "small");
        return Do(new SpecOperation.Together($"Add class {name}", [new SpecOperation.AddRequirements(name, 1, "1g"), new SpecOperation.Assign(job.Name, name)]));
    }

    private Task NewHandler(SpecThing job)
    {
        string name = SpecEditor.FreeName(State.Document, SpecThingKind.FailureHandler, "again");
        return Do(new SpecOperation.Together($"Add failure handler {name}", [new SpecOperation.AddFailureHandler(name), new SpecOperation.AssignHandler(job.Name, name)]));
    }

    private void AddParameter(SpecThing thing)
    {
        _sweepRefusal = null;
        if (Room.Do(new SpecOperation.AddParameter(thing, _parameter.Trim(), _values.Trim()), this) is SpecEdit.Refused refused)
        {
            _sweepRefusal = refused.Why;
            return;
        }

        (_parameter, _values) = ("", "");
    }
}
