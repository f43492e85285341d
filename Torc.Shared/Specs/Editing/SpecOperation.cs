using System.Globalization;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>What somebody does to a spec without writing it: on a canvas, or in a form.</summary>
public abstract record SpecOperation
{
    private SpecOperation()
    {
    }

    /// <summary>What a list of steps calls it.</summary>
    public abstract string Title { get; }

    public sealed record AddJob(string Name, string Command) : SpecOperation
    {
        public override string Title => $"Add job {Shown(Name)}";
    }

    public sealed record AddFile(string Name, string Path) : SpecOperation
    {
        public override string Title => $"Add file {Shown(Name)}";
    }

    public sealed record AddData(string Name) : SpecOperation
    {
        public override string Title => $"Add user data {Shown(Name)}";
    }

    public sealed record AddDataset(string Name, string Path) : SpecOperation
    {
        public override string Title => $"Add dataset {Shown(Name)}";
    }

    /// <summary>A failure handler with one rule, which is for every failure.</summary>
    public sealed record AddFailureHandler(string Name) : SpecOperation
    {
        public override string Title => $"Add failure handler {Shown(Name)}";
    }

    /// <param name="Memory">As a spec has it, such as <c>512m</c>.</param>
    public sealed record AddRequirements(string Name, int Cpus, string Memory) : SpecOperation
    {
        public override string Title => $"Add class {Shown(Name)}";
    }

    /// <summary>Another name, wherever the thing is named: in lists, in commands, in actions.</summary>
    public sealed record Rename(SpecThing Thing, string To) : SpecOperation
    {
        public override string Title => $"Rename {Shown(Thing.Name)} to {Shown(To)}";
    }

    /// <summary>Takes a thing away, and whatever refers to it. An action that is about this job alone goes with it.</summary>
    public sealed record Remove(SpecThing Thing) : SpecOperation
    {
        public override string Title => $"Remove {Shown(Thing.Name)}";
    }

    /// <param name="Path">Keys from the thing inwards, such as <c>command</c>, or <c>env</c> and the name of a variable.</param>
    /// <param name="Value">As somebody types it; of user data JSON, of lists and objects JSON or YAML, such as <c>[f1, f2]</c>. Null takes the key away.</param>
    public sealed record SetField(SpecThing Thing, IReadOnlyList<string> Path, string? Value) : SpecOperation
    {
        public override string Title => $"{(Value is null ? "Clear" : "Change")} {string.Join(" ", Path)} of {(Thing.Kind == SpecThingKind.Workflow ? "the workflow" : Shown(Thing.Name))}";
    }

    /// <summary>From a job to what it produces, from that to a job that needs it, or from a job to one that waits for it.</summary>
    public sealed record Connect(SpecThing From, SpecThing To) : SpecOperation
    {
        public override string Title => $"Connect {Shown(From.Name)} to {Shown(To.Name)}";
    }

    /// <summary>The contrary of connecting, in lists and in commands.</summary>
    public sealed record Disconnect(SpecThing From, SpecThing To) : SpecOperation
    {
        public override string Title => $"Disconnect {Shown(From.Name)} from {Shown(To.Name)}";
    }

    /// <summary>A new job that needs what another one needs so far, and produces what that one needs from now on.</summary>
    /// <param name="Thing">A file or user data.</param>
    /// <param name="Consumer">A job that needs it.</param>
    /// <param name="Product">The name of what the new job produces.</param>
    /// <param name="Path">Of that; of user data nothing.</param>
    public sealed record InsertJob(SpecThing Thing, string Consumer, string Name, string Command, string Product, string Path) : SpecOperation
    {
        public override string Title => $"Insert job {Shown(Name)} before {Shown(Consumer)}";
    }

    /// <param name="Requirements">The name of a class; null for none.</param>
    public sealed record Assign(string Job, string? Requirements) : SpecOperation
    {
        public override string Title => Requirements is null ? $"Take the class from {Shown(Job)}" : $"Give {Shown(Job)} the class {Shown(Requirements)}";
    }

    /// <param name="Handler">The name of a failure handler; null for none.</param>
    public sealed record AssignHandler(string Job, string? Handler) : SpecOperation
    {
        public override string Title => Handler is null ? $"Take the failure handler from {Shown(Job)}" : $"Give {Shown(Job)} the failure handler {Shown(Handler)}";
    }

    /// <param name="Thing">A job, a file or user data.</param>
    /// <param name="Values">As a spec has them: <c>1:10</c>, or <c>[a, b]</c>.</param>
    public sealed record AddParameter(SpecThing Thing, string Name, string Values) : SpecOperation
    {
        public override string Title => $"Sweep {Shown(Thing.Name)} over {Shown(Name)}";
    }

    /// <summary>Another name for a parameter, also in the texts of its thing: <c>{i}</c> becomes <c>{k}</c>.</summary>
    public sealed record RenameParameter(SpecThing Thing, string Name, string To) : SpecOperation
    {
        public override string Title => $"Rename parameter {Shown(Name)} of {Shown(Thing.Name)} to {Shown(To)}";
    }

    /// <summary>Takes a parameter away. What names it in braces stays, for only a person can tell what is to stand there.</summary>
    public sealed record RemoveParameter(SpecThing Thing, string Name) : SpecOperation
    {
        public override string Title => $"Take parameter {Shown(Name)} from {Shown(Thing.Name)}";
    }

    /// <summary>
    /// Adds what <see cref="SpecClip.Copy"/> wrote, under names that are free. What refers to another part of it follows its new name. Lists keep
    /// what the document has, but for what another job produces already; commands stay as they are.
    /// </summary>
    public sealed record Paste(string Json) : SpecOperation
    {
        public override string Title => "Paste";
    }

    /// <summary>Copies things and pastes them beside themselves.</summary>
    public sealed record Duplicate(IReadOnlyList<SpecThing> Things) : SpecOperation
    {
        public override string Title => Things.Count == 1 ? $"Duplicate {Shown(Things[0].Name)}" : $"Duplicate {Things.Count.ToString(CultureInfo.InvariantCulture)} things";
    }

    /// <summary>Several that are one step: all are done, or none.</summary>
    public sealed record Together(string Title, IReadOnlyList<SpecOperation> Operations) : SpecOperation
    {
        public override string Title { get; } = Title;
    }

    private static string Shown(string name) => Quoting.Shorten(name);
}
