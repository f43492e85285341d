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

    // Each character is shown as one, so that the carets stand below what they mean.
    private static (string Shown, int Start, int End) Window(string line, int start, int end)
    {
        start = Math.Clamp(start, 0, line.Length);
        end = Math.Clamp(end, start + 1, line.Length + 1);
        int from = line.Length <= MaxWidth ? 0 : Math.Clamp(start - (MaxWidth / 4), 0, line.Length - MaxWidth);
        int to = Math.Min(line.Length, from + MaxWidth);
        string shown = string.Concat(line[from..to].Select(character => character == '\t' ? ' ' : IsHarmless(character) ? character : '?'));
        string before = from > 0 ? "…" : "";
        string after = to < line.Length ? "…" : "";
        return (before + shown + after, start - from + before.Length, Math.Min(end, to + 1) - from + before.Length);
    }

    private static bool IsHarmless(char character) =>
        char.IsAscii(character) ? !char.IsControl(character) : char.IsSurrogate(character) || Quoting.Escape(character.ToString()).Length == 1;

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

            int stop = source.IndexOf('\n', _start);
            return source[_start..(stop < 0 ? source.Length : stop)].TrimEnd('\r');
        }
    }
}
