using System.Text.RegularExpressions;
using Torc.Shared.Specs.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Torc.Shared.Specs.Notations;

/// <summary>What an unquoted YAML scalar is, after the core schema of YAML 1.2: <c>on</c>, <c>yes</c> and <c>1:10</c> are texts.</summary>
internal static class YamlScalars
{
    // Linear in the length of the text, whatever it is.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Number = new(
        @"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        Linear);

    public static ScalarKind KindOf(Scalar scalar) => YamlTags.IsCore(scalar.Tag)
        ? YamlTags.Short(scalar.Tag) is "!!str" ? ScalarKind.Text : KindOf(scalar.Value)
        : scalar.Style != ScalarStyle.Plain ? ScalarKind.Text : KindOf(scalar.Value);

    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        [(>= '0' and <= '9') or '-' or '+' or '.', ..] when Number.IsMatch(plain) => ScalarKind.Number,
        _ => ScalarKind.Text,
    };
}
