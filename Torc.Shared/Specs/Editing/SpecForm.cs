using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Specs.Writing;

namespace Torc.Shared.Specs.Editing;

/// <summary>What a form shows of a thing: every key that it may have, from the same schema that readers, editors and the manual use.</summary>
public static class SpecForm
{
    /// <summary>The keys of a thing in the order of the manual, without its name; empty if the document has no such thing.</summary>
    public static IReadOnlyList<SpecFormField> Of(SpecDocument document, SpecThing thing)
    {
        var entry = thing.Kind == SpecThingKind.Workflow ? document.Root as SpecNode.Mapping : SpecEntries.Find(document.Root, thing)?.Entry;
        return entry is null ? [] : [.. Of(document, SpecEntries.SchemaOf(thing.Kind), entry, []).Where(field => field.Name != "name" || thing.Kind == SpecThingKind.Workflow)];
    }

    /// <summary>The names of all things of a kind, in the order of the document.</summary>
    public static IReadOnlyList<string> Names(SpecDocument document, SpecThingKind kind) => [.. SpecEntries.Of(document.Root, kind).Select(entry => entry.Name)];

    /// <summary>What parameters make of a thing: the names of its first copies; its own name alone without parameters.</summary>
    public static IReadOnlyList<string> CopyNames(SpecDocument document, SpecThing thing, int most) =>
        document.Relations is { } relations && SpecEntries.Find(document.Root, thing) is { } found
            ? [.. relations.CopiesOf(thing.Kind, found.Index).Take(most).Select(copy => relations.NameOf(thing.Kind, copy))]
            : [];

    /// <summary>The parameters of a thing: each with its values as the text has them.</summary>
    public static IReadOnlyList<(string Name, string Values)> Parameters(SpecDocument document, SpecThing thing) =>
        SpecEntries.Find(SpecEntries.Find(document.Root, thing)?.Entry, "parameters") is SpecNode.Mapping parameters
            ? [.. parameters.Entries.Select(entry => (entry.Key, Words(entry.Value)))]
            : [];

    private static IEnumerable<SpecFormField> Of(SpecDocument document, SpecObjectKind kind, SpecNode.Mapping owner, IReadOnlyList<string> path)
    {
        foreach (var field in kind.Fields.Where(field => field.Use != SpecFieldUse.Kept))
        {
            var value = owner.Find(field.Name)?.Value;
            IReadOnlyList<string> own = [.. path, field.Name];
            if (field.Shape is SpecShape.NameOrObject { Kind: var inner } && value is SpecNode.Mapping mapping)
            {
                // An object in place of a name: its keys are asked for one by one.
                foreach (var part in Of(document, inner, mapping, own).Where(part => part.Name != "name"))
                {
                    yield return part;
                }
            }
            else
            {
                var (form, choices) = Asked(document, field);
                yield return new SpecFormField(own, form, field.Summary, field.Example, field.Default, value is null ? null : Words(value), field.IsRequired, choices);
            }
        }
    }

    private static (SpecFormKind Kind, IReadOnlyList<string> Choices) Asked(SpecDocument document, SpecField field) => (field.Shape, field.Name) switch
    {
        (SpecShape.Text { What: "shell command" }, _) => (SpecFormKind.Command, []),
        (SpecShape.Whole, _) => (SpecFormKind.Number, []),
        (SpecShape.Flag, _) => (SpecFormKind.Flag, ["true", "false"]),
        (SpecShape.Choice choice, _) => (SpecFormKind.Choice, choice.Values),
        (_, "resource_requirements") when field.Shape is SpecShape.NameOrObject => (SpecFormKind.Choice, Names(document, SpecThingKind.Requirements)),
        (SpecShape.Name, "failure_handler") => (SpecFormKind.Choice, Names(document, SpecThingKind.FailureHandler)),
        (SpecShape.Name, "scheduler") => (SpecFormKind.Choice, Names(document, SpecThingKind.Scheduler)),
        (SpecShape.Text or SpecShape.Name or SpecShape.Amount or SpecShape.Plain or SpecShape.Anything, _) => (SpecFormKind.Text, []),
        _ => (SpecFormKind.Structure, []),
    };

    private static string Words(SpecNode value) => value switch
    {
        SpecNode.Scalar scalar => scalar.Text,
        SpecNode.Sequence list when list.Items.All(item => item is SpecNode.Scalar) => string.Join(", ", list.Items.Select(item => ((SpecNode.Scalar)item).Text)),
        _ => JsonNodeWriter.Write(value).TrimEnd('\n'),
    };
}
