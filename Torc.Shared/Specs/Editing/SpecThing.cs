namespace Torc.Shared.Specs.Editing;

/// <summary>An entry of a spec.</summary>
/// <param name="Name">As the text has it, places for parameters included: <c>work_{i}</c>. Of the workflow anything.</param>
public readonly record struct SpecThing(SpecThingKind Kind, string Name)
{
    public static SpecThing Workflow { get; } = new(SpecThingKind.Workflow, "");

    public static SpecThing Job(string name) => new(SpecThingKind.Job, name);

    public static SpecThing File(string name) => new(SpecThingKind.File, name);

    public static SpecThing Dataset(string name) => new(SpecThingKind.Dataset, name);

    public static SpecThing Data(string name) => new(SpecThingKind.UserData, name);

    public static SpecThing Requirements(string name) => new(SpecThingKind.Requirements, name);

    public static SpecThing FailureHandler(string name) => new(SpecThingKind.FailureHandler, name);

    /// <summary>Whether jobs need and produce it.</summary>
    public bool IsArtifact => Kind is SpecThingKind.File or SpecThingKind.Dataset or SpecThingKind.UserData;

    /// <summary>What a canvas calls it: <c>job/work1</c>, <c>file/f1</c>, <c>dataset/runs</c>, <c>data/loss</c>.</summary>
    public string Key => $"{Word(Kind)}/{Name}";

    /// <returns>Null if it is no key of something on a canvas.</returns>
    public static SpecThing? OfKey(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : key[..slash] switch
        {
            "job" => Job(key[(slash + 1)..]),
            "file" => File(key[(slash + 1)..]),
            "dataset" => new SpecThing(SpecThingKind.Dataset, key[(slash + 1)..]),
            "data" => Data(key[(slash + 1)..]),
            _ => null,
        };
    }

    public override string ToString() => Name;

    private static string Word(SpecThingKind kind) => kind switch
    {
        SpecThingKind.Job => "job",
        SpecThingKind.File => "file",
        SpecThingKind.Dataset => "dataset",
        SpecThingKind.UserData => "data",
        _ => "",
    };
}
