namespace Torc.Faults.Simulation;

/// <summary>What went against the promises.</summary>
internal sealed class Findings
{
    private const int Enough = 20;

    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Add(FindingKind kind, string what)
    {
        if (_all.Count < Enough)
        {
            _all.Add(new Finding(kind, what));
        }
    }

    public void Require(bool condition, FindingKind kind, Func<string> otherwise)
    {
        if (!condition)
        {
            Add(kind, otherwise());
        }
    }
}
