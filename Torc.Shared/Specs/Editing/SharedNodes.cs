using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Finds what a document says in several places at once, as aliases and merge keys of YAML make it.</summary>
internal static class SharedNodes
{
    public static HashSet<SpecNode> In(SpecNode root)
    {
        var seen = new HashSet<SpecNode>();
        var shared = new HashSet<SpecNode>();
        Visit(root, seen, shared);
        return shared;
    }

    // Recursive: documents are not nested deeper than their limit. What was seen is not looked into again.
    private static void Visit(SpecNode node, HashSet<SpecNode> seen, HashSet<SpecNode> shared)
    {
        if (!seen.Add(node))
        {
            shared.Add(node);
            return;
        }

        switch (node)
        {
            case SpecNode.Mapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Visit(entry.Value, seen, shared);
                }

                break;
            case SpecNode.Sequence list:
                foreach (var item in list.Items)
                {
                    Visit(item, seen, shared);
                }

                break;
        }
    }
}
