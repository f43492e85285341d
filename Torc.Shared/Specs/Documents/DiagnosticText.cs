using System.Globalization;
using System.Text;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

/// <summary>Prints problems for a terminal: each with its place, the line, and what to do.</summary>
public static class DiagnosticText
{
    // Wide enough for any terminal; a line that is longer is shown around its problem.
    private const int MaxWidth = 120;

    // No column counts it.
    private const char ByteOrderMark = '\uFEFF';

    /// <param name="fileName">As the user wrote it.</param>
    /// <param name="source">The text that was read; null shows no lines.</param>
    /// <returns>Lines that end with <c>\n</c>; empty if there are no problems.</returns>
    public static string Render(IReadOnlyList<Diagnostic> problems, string fileName, string? source)
    {
        var text = new StringBuilder();
        var lines = new SourceLines(source?.TrimStart(ByteOrderMark) ?? "");
        foreach (var problem in problems)
        {
            text.Append(text.Length == 0 ? "" : "\n");
            Render(text, problem, fileName, problem.Line is { } line && source is not null ? lines.Find(line) : null);
        }

        return text.ToString();
    }

    /*
    error[TORC141]: memory must be an amount like 512m or 4g, not "12 parsecs"
      --> diamond.yaml:14:13   jobs[2].resource_requirements.memory
       |
    14 |     memory: 12 parsecs
       |             ^^^^^^^^^^
       help: use k, m, g or t (powers of 1024), for example 12g
    */
    private static void Render(StringBuilder text, Diagnostic problem, string fileName, string? line)
    {
        string severity = problem.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Hint => "hint",
            _ => throw new ArgumentOutOfRangeException(nameof(problem), problem.Severity, "no such severity"),
        };
        string number = problem.Line?.ToString(CultureInfo.InvariantCulture) ?? "";
        string margin = new(' ', number.Length);
        text.Append(CultureInfo.InvariantCulture, $"{severity}[{problem.Code}]: {problem.Message}\n");
        string place = problem.Line is null ? fileName : string.Create(CultureInfo.InvariantCulture, $"{fileName}:{problem.Line}:{problem.Column}");
        string path = Readable(problem.Path);
        text.Append(CultureInfo.InvariantCulture, $"{margin}--> {place}{(path.Length == 0 ? "" : "   ")}{path}\n");
        if (line is not null && problem is { Column: { } column, EndColumn: { } endColumn })
        {
            var (shown, start, end) = Window(line, column - 1, endColumn - 1);
            text.Append(CultureInfo.InvariantCulture, $"{margin} |\n{number} | {shown}\n{margin} | {new string(' ', start)}{new string('^', end - start)}\n");
        }

        if (problem.Help is { } help)
        {
            text.Append(CultureInfo.InvariantCulture, $"{margin} help: {help}\n");
        }
    }

    // The carets stand below what they mean: they are counted in columns of the terminal, the text in characters.
    private static (string Shown, int Start, int End) Window(string line, int start, int end)
    {
        start = Math.Clamp(start, 0, line.Length);
        end = Math.Clamp(end, start, line.Length);
        int from = Back(line, start, MaxWidth / 4);
        int to = Ahead(line, from, MaxWidth);
        from = to == line.Length ? Back(line, to, MaxWidth) : from;
        string before = from > 0 ? "…" : "";
        string after = to < line.Length ? "…" : "";
        int column = before.Length + DisplayWidth.Of(Harmless(line[from..start]));
        int width = Math.Max(1, DisplayWidth.Of(Harmless(line[start..Math.Clamp(end, start, to)])) + (end > to ? after.Length : 0));
        return (before + Harmless(line[from..to]) + after, column, column + width);
    }

    // The first character of those before a place that have room in so many columns. Never a half of one, nor a mark without its letter.
    private static int Back(string line, int place, int columns)
    {
        int from = place;
        int first = place;
        while (from > 0)
        {
            Rune.DecodeLastFromUtf16(line.AsSpan(0, from), out var rune, out int length);
            columns -= WidthOf(rune);
            if (columns < 0)
            {
                break;
            }

            from -= length;
            first = WidthOf(rune) > 0 || from == 0 ? from : first;
        }

        return first;
    }

    private static int Ahead(string line, int place, int columns)
    {
        int to = place;
        while (to < line.Length)
        {
            Rune.DecodeFromUtf16(line.AsSpan(to), out var rune, out int length);
            columns -= WidthOf(rune);
            if (columns < 0)
            {
                break;
            }

            to += length;
        }

        return to;
    }

    private static int WidthOf(Rune rune) => IsHarmless(rune) ? DisplayWidth.Of(rune) : 1;

    private static string Harmless(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.Value == '\t' ? " " : IsHarmless(rune) ? rune.ToString() : "?"));

    private static bool IsHarmless(Rune rune) => rune.IsAscii ? !Rune.IsControl(rune) : Quoting.Escape(rune.ToString()) == rune.ToString();

    // /jobs/2/command becomes jobs[2].command.
    private static string Readable(string pointer)
    {
        var path = new StringBuilder();
        foreach (string part in pointer.Split('/').Skip(1))
        {
            string step = part.Replace("~1", "/").Replace("~0", "~");
            if (step.Length > 0 && step.All(char.IsAsciiDigit))
            {
                path.Append('[').Append(step).Append(']');
            }
            else
            {
                path.Append(path.Length == 0 ? "" : ".").Append(step);
            }
        }

        return path.Length <= MaxWidth ? path.ToString() : $"{path.ToString(0, MaxWidth)}…";
    }

    /// <summary>Finds lines of a text; those asked for come in ascending order, so the text is walked once.</summary>
    private sealed class SourceLines(string source)
    {
        private int _line = 1;
        private int _start;
        private (int Line, string Text)? _found;

        public string Find(int line)
        {
            if (line < _line)
            {
                (_line, _start) = (1, 0);
            }

            while (_line < line && source.IndexOf('\n', _start) is >= 0 and var end)
            {
                (_line, _start) = (_line + 1, end + 1);
            }

            // Many problems may be in one line, and it may be the whole document.
            if (_found is { } found && found.Line == line)
            {
                return found.Text;
            }

            int stop = source.IndexOf('\n', _start);
            string text = source[_start..(stop < 0 ? source.Length : stop)].TrimEnd('\r');
            _found = (line, text);
            return text;
        }
    }
}
