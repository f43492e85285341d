using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Writing;

/// <summary>What the notations have in common when they are written.</summary>
internal static class Layout
{
    /// <summary>Columns that a line may have whose values could also stand on lines of their own.</summary>
    public const int Width = 100;

    /// <summary>Spaces of indentation from a list or object to what it holds.</summary>
    public const int Step = 2;

    /// <summary>The word for a value that is not a text.</summary>
    /// <returns>Null for a text, and for a number as only YAML has it: as a text it stays what it is.</returns>
    public static string? WordFor(SpecNode.Scalar scalar) => scalar.Kind switch
    {
        ScalarKind.Null => "null",
        ScalarKind.Boolean => scalar.Text.ToLowerInvariant(),
        ScalarKind.Number when NumberText.IsJson(scalar.Text) => scalar.Text,
        _ => null,
    };
}
