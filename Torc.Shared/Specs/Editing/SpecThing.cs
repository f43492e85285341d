namespace Torc.Shared.Specs.Editing;

/// <summary>An entry of a spec.</summary>
/// <param name="Name">As the text has it, places for parameters included: <c>work_{i}</c>. Of the workflow anything.</param>
public readonly record struct SpecThing(SpecThingKind Kind, string Name)
{
    public static SpecThing Workflow { get; } = new(SpecThingKind.Workflow, "");

    public static SpecThing Job(string name) => new(SpecThingKind.Job, name);

    public static SpecThing File(string name) => new(SpecThingKind.File, name);

    public static SpecThing Data(string name) => new(SpecThingKind.UserData, name);

    public static SpecThing Requirements(string name) => new(SpecThingKind.Requirements, name);

    /// <summary>Whether jobs need and produce it.</summary>
    public bool IsArtifact => Kind is SpecThingKind.File or SpecThingKind.Dataset or SpecThingKind.UserData;

    public override string ToString() => Name;
}
