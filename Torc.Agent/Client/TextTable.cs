namespace Torc.Agent.Client;

/// <summary>Rows as lines whose cells stand below each other.</summary>
internal static class TextTable
{
    /// <param name="rows">All of the same length, the first with the headings.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
