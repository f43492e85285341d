namespace Torc.Faults.Simulation;

internal sealed record Finding(FindingKind Kind, string What)
{
    public override string ToString() => $"{Kind}: {What}";
}
