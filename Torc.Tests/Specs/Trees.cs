using System.Globalization;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Trees of documents: read, built and compared.</summary>
internal static class Trees
{
    private static readonly TextSpan Nowhere = new(0, 0);

    public static SpecNode FromJson(string json) => Read(problems => JsonNodeReader.Read(problems, JsonDialect.Json), json);

    public static SpecNode FromYaml(string yaml) => Read(YamlNodeReader.Read, yaml);

    public static SpecNode Text(string text) => new SpecNode.Scalar(Nowhere, ScalarKind.Text, text);

    public static SpecNode Word(ScalarKind kind, string word) => new SpecNode.Scalar(Nowhere, kind, word);

    public static SpecNode List(params IReadOnlyList<SpecNode> items) => new SpecNode.Sequence(Nowhere, items);

    public static SpecNode Object(params IReadOnlyList<(string Key, SpecNode Value)> entries) =>
        new SpecNode.Mapping(Nowhere, [.. entries.Select(entry => new SpecEntry(entry.Key, Nowhere, entry.Value))]);

    /// <summary>Everything but where it stands, so that equal trees have equal descriptions and others have not.</summary>
    public static string Describe(SpecNode node)
    {
        var description = new StringBuilder();
        Describe(node, description);
        return description.ToString();
    }

    private static void Describe(SpecNode node, StringBuilder description)
    {
        switch (node)
        {
            case SpecNode.Scalar scalar:
                description.Append(CultureInfo.InvariantCulture, $"{scalar.Kind} {scalar.Text.Length}:{scalar.Text} ");
                break;
            case SpecNode.Sequence sequence:
                description.Append("[ ");
                foreach (var item in sequence.Items)
                {
                    Describe(item, description);
                }

                description.Append("] ");
                break;
            case SpecNode.Mapping mapping:
                description.Append("{ ");
                foreach (var entry in mapping.Entries)
                {
                    description.Append(CultureInfo.InvariantCulture, $"{entry.Key.Length}:{entry.Key} = ");
                    Describe(entry.Value, description);
                }

                description.Append("} ");
                break;
        }
    }

    private static SpecNode Read(Func<SpecProblems, SpecNode?> reader, string text)
    {
        var problems = new SpecProblems(new SpecText(text));
        var node = reader(problems);
        Assert.True(node is not null && problems.ToList().Count == 0, $"{string.Join('\n', problems.ToList())}\n{text}");
        return node;
    }
}
