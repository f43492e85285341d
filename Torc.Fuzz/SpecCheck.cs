using System.Text;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Fuzz;

/// <summary>What must hold for every text that is read as a spec.</summary>
internal static class SpecCheck
{
    // A spec that asks for up to 1,000,000 jobs, and is told so, may cost ten times what others may.
    private const int AllowanceForManyCopies = 10;

    /// <param name="fileName">Its ending says the notation.</param>
    /// <exception cref="BrokenRuleException">One of the rules does not hold.</exception>
    public static Verdict Check(byte[] bytes, string fileName)
    {
        var reading = Read(bytes, fileName);
        var errors = reading.Problems.Where(problem => problem.Severity == Severity.Error).ToList();
        int lines = bytes.Count(unit => unit == '\n') + 1;
        if (reading.Problems.FirstOrDefault(problem => problem.Line is < 1 || problem.Line > lines || problem.Column < 1) is { } outside)
        {
            throw new BrokenRuleException($"{outside.Code} stands outside the file, on line {outside.Line}: {outside.Message}");
        }

        DiagnosticText.Render(reading.Problems, fileName, Encoding.UTF8.GetString(bytes));
        if (reading.Definition is null)
        {
            if (!errors.Exists(problem => problem.Line is not null))
            {
                throw new BrokenRuleException("was refused without an error that has a line");
            }
        }
        else
        {
            CheckWriting(reading);
        }

        return new Verdict(reading.Definition is not null, Signature(reading));
    }

    private static SpecReading Read(byte[] bytes, string fileName) => Cost.Hold(
        bytes.Length,
        () => SpecReader.Read(bytes, fileName),
        reading => reading.Problems.Any(problem => problem.Code is DiagnosticCodes.ManyCopies) ? AllowanceForManyCopies : 1);

    private static void CheckWriting(SpecReading reading)
    {
        string json = reading.Write(SpecNotation.Json) ?? throw new BrokenRuleException("is not written as JSON");
        string yaml = reading.Write(SpecNotation.Yaml) ?? throw new BrokenRuleException("is not written as YAML");
        CheckSame(json, json, "written.json");
        CheckSame(json, yaml, "written.yaml");
    }

    private static void CheckSame(string json, string written, string fileName)
    {
        var again = SpecReader.Read(Encoding.UTF8.GetBytes(written), fileName);
        if (again.Write(SpecNotation.Json) is not { } second)
        {
            throw new BrokenRuleException($"is refused once it was {fileName}: {again.Problems.First(problem => problem.Severity == Severity.Error).Message}\n{written}");
        }

        if (!string.Equals(json, second, StringComparison.Ordinal))
        {
            throw new BrokenRuleException($"says something else once it was {fileName}:\n{json}\n{written}\n{second}");
        }
    }

    // Names and values stand between quotes in messages; what is left tells one mistake from another.
    private static string Signature(SpecReading reading) =>
        string.Join(' ', reading.Problems.Select(problem => $"{problem.Code}:{problem.Message.Split('"')[0].Count(char.IsLetter)}").Distinct().Order());
}
