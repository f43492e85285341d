using System.Text;
using Torc.Shared.Specs.Documents;

namespace Torc.Tests.Specs.Kdl;

/// <summary>Writes trees down so that tests can compare what documents say, wherever they say it.</summary>
internal static class SpecTrees
{
    /// <summary>One line per value, such as <c>/jobs/0/name = text "a"</c>, in the order of the document.</summary>
    public static string Describe(SpecNode? root)
    {
        var lines = new StringBuilder();
        Describe(lines, SpecPath.Top, root);
        return lines.ToString();
    }

    private static void Describe(StringBuilder lines, SpecPath path, SpecNode? node)
    {
        switch (node)
        {
            case SpecNode.Mapping mapping:
                lines.Append(path).Append(" = object\n");
                foreach (var entry in mapping.Entries)
                {
                    Describe(lines, path[entry.Key], entry.Value);
                }

                break;
            case SpecNode.Sequence sequence:
                lines.Append(path).Append(" = list\n");
                for (int index = 0; index < sequence.Items.Count; index++)
                {
                    Describe(lines, path[index], sequence.Items[index]);
                }

                break;
            case SpecNode.Scalar scalar:
                lines.Append(path).Append(" = ").Append(scalar.Kind).Append(' ').Append(scalar.Text.ReplaceLineEndings("\\n")).Append('\n');
                break;
            default:
                lines.Append(path).Append(" is nothing\n");
                break;
        }
    }
}
