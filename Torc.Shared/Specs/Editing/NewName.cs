using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Puts another name in the place of one, wherever a document refers to it.</summary>
internal static class NewName
{
    /// <param name="mentions">All of one thing, or some of them.</param>
    public static IEnumerable<TreeChange> In(IEnumerable<Mention> mentions, SpecThingKind kind, string to)
    {
        foreach (var group in mentions.GroupBy(mention => mention.Text))
        {
            var first = group.First();
            if (first.Inside is null)
            {
                yield return new TreeChange.Replace(first.Path, Nodes.Text(to));
                continue;
            }

            var parts = group.DistinctBy(mention => mention.Inside).Select(mention => (mention.Inside!, Mentions.Reference(kind, mention.IsOutput, to))).ToList();
            yield return new TreeChange.Replace(first.Path, Nodes.Text(Replace(first.Text, parts)), parts);
        }
    }

    private static string Replace(SpecNode.Scalar text, List<(string Was, string Now)> parts) =>
        parts.Aggregate(text.Text, (now, part) => now.Replace(part.Was, part.Now, StringComparison.Ordinal));
}
