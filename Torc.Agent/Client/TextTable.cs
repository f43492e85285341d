using Torc.Shared.Texts;

namespace Torc.Agent.Client;

/// <summary>Rows as lines whose cells stand below each other.</summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const string Status = "STATUS";

    /// <param name="rows">All of the same length, the first with the headings.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows) => Lines(rows, TableShape.Plain);

    /// <param name="rows">All of the same length, the first with the headings.</param>
    /// <exception cref="CommandException">There is no such column.</exception>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, TableShape shape)
    {
        int[] columns = [.. shape.Columns?.Select(column => Find(rows[0], column)) ?? Enumerable.Range(0, rows[0].Length)];
        string[][] shown = [.. rows.Skip(shape.HasHeader ? 0 : 1).Select(row => columns.Select(column => OneLine(row[column])).ToArray())];
        if (shape.IsTabbed)
        {
            return shown.Select(row => string.Join('\t', row));
        }

        int[] widths = [.. columns.Select((_, place) => shown.Length == 0 ? 0 : shown.Max(row => DisplayWidth.Of(row[place])))];
        int? status = shape.IsColored ? Array.FindIndex(columns, column => rows[0][column] == Status) : null;
        return shown.Select((row, index) => string.Join(Gap, row.Select((cell, place) => Cell(cell, widths[place], place == status && !(shape.HasHeader && index == 0)))).TrimEnd());
    }

    /// <summary>The name of a column for programs: <c>LAST HEARD</c> is <c>last_heard</c>.</summary>
    public static string KeyOf(string heading) => heading.ToLowerInvariant().Replace(' ', '_');

    private static int Find(string[] headings, string column)
    {
        int found = Array.FindIndex(headings, heading => KeyOf(heading) == KeyOf(column.Trim()));
        return found >= 0
            ? found
            : throw new CommandException(ExitCode.Usage, $"There is no column \"{Shown.Words(column)}\". There are: {string.Join(",", headings.Select(KeyOf))}");
    }

    private static string Cell(string cell, int width, bool isColored)
    {
        string padding = new(' ', width - DisplayWidth.Of(cell));
        return $"{(isColored ? Color.Status(cell) : cell)}{padding}";
    }

    // A cell with a tab or a line break in it would be two for whoever reads the table.
    private static string OneLine(string cell) => cell.AsSpan().ContainsAny("\t\n\r") ? string.Concat(cell.Select(letter => letter is '\t' or '\n' or '\r' ? ' ' : letter)) : cell;
}
