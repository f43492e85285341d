using System.Globalization;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Schema;

namespace Torc.Shared.Specs;

/// <summary>
/// The one form of a document without errors: keys in the order of the manual, nothing where a key has no value, numbers as JSON
/// has them. Two documents that say the same, in whatever notation, have equal forms.
/// </summary>
internal static class CanonicalSpec
{
    public static SpecNode Of(SpecNode root) => Form(root, new SpecShape.Object(SpecSchema.Workflow));

    /// <summary>The same of a value inside a document.</summary>
    public static SpecNode Of(SpecNode value, SpecShape shape) => Form(value, shape);

    // Recursive: documents are not nested deeper than their limit.
    private static SpecNode Form(SpecNode value, SpecShape shape) => (value, shape) switch
    {
        (SpecNode.Mapping mapping, SpecShape.Object { Kind: var kind }) => Object(mapping, kind),
        (SpecNode.Mapping mapping, SpecShape.NameOrObject { Kind: var kind }) => Object(mapping, kind),
        (SpecNode.Mapping mapping, SpecShape.Map { Of: var of }) => new SpecNode.Mapping(mapping.At, [.. mapping.Entries.Select(entry => entry with { Value = Form(entry.Value, of) })]),
        (SpecNode.Mapping mapping, _) => new SpecNode.Mapping(mapping.At, [.. mapping.Entries.Select(entry => entry with { Value = Form(entry.Value, shape) })]),
        (SpecNode.Sequence list, SpecShape.List { Of: var of }) => new SpecNode.Sequence(list.At, [.. list.Items.Select(item => Form(item, of))]),
        (SpecNode.Sequence list, _) => new SpecNode.Sequence(list.At, [.. list.Items.Select(item => Form(item, shape))]),
        (SpecNode.Scalar { Kind: ScalarKind.Boolean } flag, _) => new SpecNode.Scalar(flag.At, ScalarKind.Boolean, flag.Text.ToLowerInvariant()),
        (SpecNode.Scalar { Kind: ScalarKind.Null } nothing, _) => new SpecNode.Scalar(nothing.At, ScalarKind.Null, "null"),
        (SpecNode.Scalar { Kind: ScalarKind.Number } number, _) => Number(number, shape),
        _ => value,
    };

    private static SpecNode.Mapping Object(SpecNode.Mapping mapping, SpecObjectKind kind)
    {
        var order = kind.Fields.Select((field, index) => (field.Name, index)).ToDictionary(field => field.Name, field => field.index);
        return new SpecNode.Mapping(
            mapping.At,
            [
                .. mapping.Entries
                    .Where(entry => entry.Value is not SpecNode.Scalar { Kind: ScalarKind.Null })
                    .OrderBy(entry => order.GetValueOrDefault(entry.Key, int.MaxValue))
                    .Select(entry => entry with { Value = kind.Find(entry.Key) is { } field ? Form(entry.Value, field.Shape) : Form(entry.Value, new SpecShape.Anything()) }),
            ]);
    }

    private static SpecNode.Scalar Number(SpecNode.Scalar number, SpecShape shape)
    {
        // Here a number stands for its text: 0.50 and 010 reach the job as they were written.
        if (shape is SpecShape.Plain)
        {
            return new SpecNode.Scalar(number.At, ScalarKind.Text, number.Text);
        }

        if (NumberText.IsJson(number.Text))
        {
            return number;
        }

        // What JSON cannot hold, such as .inf and 0x1F, is refused wherever it counts; in what is left out it stays as it was written.
        string plain = shape is SpecShape.ParameterValues
            ? ParameterValue.Read(number.Text).ToJson()
            : double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value.ToString("R", CultureInfo.InvariantCulture)
                : number.Text;
        return new SpecNode.Scalar(number.At, NumberText.IsJson(plain) ? ScalarKind.Number : ScalarKind.Text, plain);
    }
}
