using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary>How tables are wanted, for people and for <c>awk</c>.</summary>
internal sealed class TableOptions
{
    private readonly Option<string?> _columns = new("--columns") { Description = "Which columns, by their headings in small letters, such as name,status.", HelpName = "A,B" };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "Leaves the headings out." };
    private readonly Option<bool> _tsv = new("--tsv") { Description = "Parts the cells by tabs." };

    private TableOptions()
    {
    }

    public static TableOptions AddTo(Command command)
    {
        var options = new TableOptions();
        command.Add(options._columns);
        command.Add(options._noHeader);
        command.Add(options._tsv);
        return options;
    }

    /// <summary>Somebody has said how the table should be: then there is the table and nothing else.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(_columns) is not null || parsed.GetValue(_noHeader) || parsed.GetValue(_tsv);

    /// <param name="rows">All of the same length, the first with the headings.</param>
    public void Write(ParseResult parsed, IReadOnlyList<string[]> rows)
    {
        var shape = new TableShape(
            parsed.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            HasHeader: !parsed.GetValue(_noHeader),
            IsTabbed: parsed.GetValue(_tsv),
            IsColored: Color.IsOn(parsed));
        foreach (string line in TextTable.Lines(rows, shape))
        {
            Console.WriteLine(line);
        }
    }
}
