using System.Globalization;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;

namespace Torc.Shared.Specs.Editing;

/// <summary>What somebody types into a field, as a value of a document.</summary>
internal static class FieldValue
{
    /// <param name="field">What it is called, for the refusal.</param>
    /// <param name="old">What stands there; null for nothing.</param>
    /// <returns>Null if it cannot be a value of this shape.</returns>
    public static SpecNode? Read(string field, string value, SpecShape shape, SpecNode? old, out SpecRefusal? refusal)
    {
        var (node, wanted) = Read(value, shape, old);
        refusal = node is null ? new SpecRefusal.WrongValue(field, value, wanted) : null;
        return node;
    }

    private static (SpecNode? Node, string Wanted) Read(string value, SpecShape shape, SpecNode? old) => shape switch
    {
        SpecShape.NameOrObject when value.TrimStart().StartsWith('{') => (Tree<SpecNode.Mapping>(value, shape), "a name, or an object such as {num_cpus: 2, memory: 4g}"),
        SpecShape.Text or SpecShape.Name or SpecShape.Choice or SpecShape.Amount or SpecShape.NameOrObject => (Nodes.Text(value), ""),
        SpecShape.ObjectOrText when old is null or SpecNode.Scalar => (Nodes.Text(value), ""),
        // Values that stand in a list stay in one, so that the comments in it stay too.
        SpecShape.ParameterValues when old is SpecNode.Sequence && Tree<SpecNode.Sequence>(value, shape) is { } values => (values, ""),
        SpecShape.Plain or SpecShape.ParameterValues =>
            (old is SpecNode.Scalar { Kind: ScalarKind.Number } && NumberText.IsJson(value) ? Nodes.Scalar(ScalarKind.Number, value) : Nodes.Text(value), ""),
        SpecShape.Whole => (long.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? Nodes.Scalar(ScalarKind.Number, number.ToString(CultureInfo.InvariantCulture))
            : null, "a whole number"),
        SpecShape.Flag => (value.Trim().ToLowerInvariant() is ("true" or "false") and var flag ? Nodes.Scalar(ScalarKind.Boolean, flag) : null, "true or false"),
        SpecShape.List { Of: SpecShape.Object } => (IsBlank(value) ? Nodes.List() : Tree<SpecNode.Sequence>(value, shape), "a list of objects, such as [{key: value}]"),
        SpecShape.List => (IsBlank(value) ? Nodes.List() : Tree<SpecNode.Sequence>(value, shape), "a list, such as [a, b]"),
        SpecShape.Map or SpecShape.Object => (IsBlank(value) ? Nodes.Object() : Tree<SpecNode.Mapping>(value, shape), "an object, such as {key: value}"),
        _ => (SpecReader.Tree(value, SpecNotation.Json5), "JSON"),
    };

    /// <summary>Whether an empty value of this shape says no more than none.</summary>
    public static bool IsNothing(SpecNode value, SpecShape shape) =>
        shape is SpecShape.List or SpecShape.Map or SpecShape.Object && value is SpecNode.Sequence { Items.Count: 0 } or SpecNode.Mapping { Entries.Count: 0 };

    // As JSON has it, or in brackets or lines of YAML, whatever the document is written in.
    private static T? Tree<T>(string value, SpecShape shape)
        where T : SpecNode =>
        (SpecReader.Tree(value, SpecNotation.Json5) as T ?? SpecReader.Tree(value, SpecNotation.Yaml) as T) is { } tree ? CanonicalSpec.Of(tree, shape) as T : null;

    private static bool IsBlank(string value) => string.IsNullOrWhiteSpace(value);
}
