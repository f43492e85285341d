namespace Torc.Shared.Specs.Documents;

/// <summary>Counts the values of a document while it is read: those that are written, and those that aliases and merge keys repeat.</summary>
internal sealed class NodeBudget
{
    private int _repeated;

    public int Spent { get; private set; }

    public int RepeatsLeft => SpecLimits.RepeatedNodes - _repeated;

    /// <returns>False if the document has too many values.</returns>
    public bool TrySpend() => ++Spent <= SpecLimits.Nodes;

    /// <returns>False if a small document makes too many values of few.</returns>
    public bool TryRepeat(int nodes)
    {
        if (nodes > RepeatsLeft)
        {
            return false;
        }

        _repeated += nodes;
        Spent += nodes;
        return true;
    }
}
