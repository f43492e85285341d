namespace Torc.Agent.Client;

/// <summary>How a table is wanted.</summary>
/// <param name="Columns">By their headings, as in <see cref="TextTable.KeyOf"/>; null for all.</param>
/// <param name="IsTabbed">Cells are parted by tabs and not padded.</param>
/// <param name="IsColored">Statuses have colours.</param>
internal sealed record TableShape(IReadOnlyList<string>? Columns, bool HasHeader, bool IsTabbed, bool IsColored)
{
    public static TableShape Plain { get; } = new(Columns: null, HasHeader: true, IsTabbed: false, IsColored: false);
}
