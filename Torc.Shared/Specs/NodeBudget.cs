namespace Torc.Shared.Specs;

/// <summary>Counts the values of a document while it is read.</summary>
internal sealed class NodeBudget
{
    public int Spent { get; private set; }

    /// <returns>False if the document has too many values.</returns>
    public bool TrySpend(int nodes)
    {
        Spent = nodes > SpecLimits.Nodes - Spent ? SpecLimits.Nodes + 1 : Spent + nodes;
        return Spent <= SpecLimits.Nodes;
    }
}
