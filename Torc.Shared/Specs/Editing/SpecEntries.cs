using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Finds the entries of a document by their names as the text has them.</summary>
internal static class SpecEntries
{
    /// <summary>The list of the document that has the entries of a kind.</summary>
    public static string KeyOf(SpecThingKind kind) => kind switch
    {
        SpecThingKind.Job => "jobs",
        SpecThingKind.File => "files",
        SpecThingKind.Dataset => "datasets",
        SpecThingKind.UserData => "user_data",
        SpecThingKind.Requirements => "resource_requirements",
        SpecThingKind.FailureHandler => "failure_handlers",
        SpecThingKind.Scheduler => "slurm_schedulers",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "the workflow is in no list"),
    };

    public static SpecObjectKind SchemaOf(SpecThingKind kind) => kind switch
    {
        SpecThingKind.Job => SpecSchema.Job,
        SpecThingKind.File => SpecSchema.File,
        SpecThingKind.Dataset => SpecSchema.Dataset,
        SpecThingKind.UserData => SpecSchema.UserData,
        SpecThingKind.Requirements => SpecSchema.Requirements,
        SpecThingKind.FailureHandler => SpecSchema.FailureHandler,
        SpecThingKind.Scheduler => SpecSchema.Scheduler,
        _ => SpecSchema.Workflow,
    };

    public static SpecNode? Find(SpecNode? node, string key) => (node as SpecNode.Mapping)?.Find(key)?.Value;

    /// <summary>The entries of a kind, each with its place in the list and its name; empty if it has none.</summary>
    public static IEnumerable<(int Index, SpecNode.Mapping Entry, string Name)> Of(SpecNode? root, SpecThingKind kind) =>
        Find(root, KeyOf(kind)) is SpecNode.Sequence list
            ? list.Items.Select((item, index) => (index, Entry: item as SpecNode.Mapping, Name: (Find(item, "name") as SpecNode.Scalar)?.Text ?? ""))
                .Where(entry => entry.Entry is not null)
                .Select(entry => (entry.index, entry.Entry!, entry.Name))
            : [];

    /// <summary>The first entry of a name.</summary>
    public static (int Index, SpecNode.Mapping Entry)? Find(SpecNode? root, SpecThing thing)
    {
        string wanted = Composition.Compose(thing.Name);
        foreach (var (index, entry, name) in Of(root, thing.Kind))
        {
            if (string.Equals(Composition.Compose(name), wanted, StringComparison.Ordinal))
            {
                return (index, entry);
            }
        }

        return null;
    }

    public static SpecPath PathOf(SpecThingKind kind, int index) => SpecPath.Top[KeyOf(kind)][index];
}
