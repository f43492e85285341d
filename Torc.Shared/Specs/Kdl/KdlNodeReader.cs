using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Kdl;

/// <summary>Reads KDL into the tree that all notations share, keeping where each value stands.</summary>
internal static class KdlNodeReader
{
    /// <returns>Null if the text is not KDL; the problems then say why. Also null if it has no node.</returns>
    public static SpecNode? Read(SpecProblems problems)
    {
        var budget = new NodeBudget();
        return KdlParser.Parse(problems, budget) is { Count: > 0 } nodes ? new KdlTree(problems, budget).Read(nodes) : null;
    }
}
