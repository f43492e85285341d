using Torc.Shared.Specs.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Torc.Shared.Specs.Notations;

/// <summary>The tags of YAML's core schema, which say what a value is anyway, or that a plain text is one: <c>!!str 12</c>.</summary>
internal static class YamlTags
{
    private const string Core = "tag:yaml.org,2002:";

    public static bool IsCore(TagName tag) => !tag.IsEmpty && tag.Value is $"{Core}str" or $"{Core}int" or $"{Core}float" or $"{Core}bool" or $"{Core}null" or $"{Core}seq" or $"{Core}map";

    public static string Short(TagName tag) => $"!!{tag.Value[Core.Length..]}";

    /// <summary>Whether a value has such a tag and is of that kind.</summary>
    public static bool Fits(NodeEvent node) => IsCore(node.Tag) && (Short(node.Tag), node) switch
    {
        ("!!str", Scalar) or ("!!seq", SequenceStart) or ("!!map", MappingStart) => true,
        ("!!int", Scalar number) => YamlScalars.KindOf(number.Value) == ScalarKind.Number && !number.Value.AsSpan().ContainsAny(".eE"),
        ("!!float", Scalar number) => YamlScalars.KindOf(number.Value) == ScalarKind.Number,
        ("!!bool", Scalar flag) => YamlScalars.KindOf(flag.Value) == ScalarKind.Boolean,
        ("!!null", Scalar nothing) => YamlScalars.KindOf(nothing.Value) == ScalarKind.Null,
        _ => false,
    };
}
