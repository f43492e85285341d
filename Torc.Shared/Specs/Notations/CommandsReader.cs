using System.Globalization;
using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Notations;

/// <summary>
/// Makes a workflow of a file of commands: each line is a job. Empty lines and those that begin with <c>#</c> are passed over; the
/// jobs are called <c>job_001</c> and so on, with as many digits as the last one needs.
/// </summary>
internal static class CommandsReader
{
    /// <param name="name">The workflow's.</param>
    /// <returns>Null if there are no commands, or too many; of too many the problems say so.</returns>
    public static SpecNode? Read(SpecProblems problems, string name)
    {
        string text = problems.Text.Text;
        var lines = new List<TextSpan>();
        int start = 0;
        while (start < text.Length)
        {
            int end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            var line = text.AsSpan(start, end - start);
            int indent = line.Length - line.TrimStart().Length;
            var trimmed = line.Trim();
            if (trimmed.Length > 0 && trimmed[0] != '#')
            {
                lines.Add(new TextSpan(start + indent, start + indent + trimmed.Length));
            }

            start = end + 1;
        }

        if (lines.Count > SpecLimits.Jobs)
        {
            problems.Error(DiagnosticCodes.Limit, "", lines[SpecLimits.Jobs], $"the file has more than {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)} commands");
            return null;
        }

        return lines.Count == 0 ? null : Workflow(name, text, lines);
    }

    private static SpecNode.Mapping Workflow(string name, string text, List<TextSpan> lines)
    {
        string digits = new('0', lines.Count.ToString(CultureInfo.InvariantCulture).Length);
        var jobs = lines.Select((line, index) => new SpecNode.Mapping(
            line,
            [
                Entry("name", line, new SpecNode.Scalar(line, ScalarKind.Text, $"job_{(index + 1).ToString(digits, CultureInfo.InvariantCulture)}")),
                Entry("command", line, new SpecNode.Scalar(line, ScalarKind.Text, text[line.Start..line.End])),
            ]));
        var top = lines[0];
        return new SpecNode.Mapping(
            top, [Entry("name", top, new SpecNode.Scalar(top, ScalarKind.Text, name)), Entry("jobs", top, new SpecNode.Sequence(top, [.. jobs]))]);
    }

    private static SpecEntry Entry(string key, TextSpan at, SpecNode value) => new(key, at, value);
}
