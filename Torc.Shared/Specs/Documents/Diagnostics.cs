using System.Globalization;

namespace Torc.Shared.Specs.Documents;

/// <summary>What holds for all lists of problems, whoever found them.</summary>
public static class Diagnostics
{
    /// <summary>Sorts problems as the document has them and keeps the first hundred; errors are kept before warnings, warnings before hints, and limits before all other errors.</summary>
    public static IReadOnlyList<Diagnostic> Limit(IReadOnlyCollection<Diagnostic> problems) => Limit(problems, problems.Count);

    /// <param name="total">How many there were; those that are missing are counted as not shown.</param>
    internal static IReadOnlyList<Diagnostic> Limit(IReadOnlyCollection<Diagnostic> problems, int total)
    {
        var shown = problems.OrderBy(problem => problem.Severity).ThenBy(problem => problem.Code != DiagnosticCodes.Limit).ThenBy(Position).Take(SpecLimits.Problems).OrderBy(Position).ToList();
        int hidden = total - shown.Count;
        if (hidden > 0)
        {
            bool all = problems.Any(problem => problem.Severity == Severity.Error);
            string count = hidden.ToString("N0", CultureInfo.InvariantCulture);
            shown.Add(new Diagnostic(
                DiagnosticCodes.More, all ? Severity.Error : Severity.Warning, "", Line: null, Column: null, EndColumn: null,
                hidden == 1 ? "1 more problem is not shown" : $"{count} more problems are not shown", Help: null));
        }

        return shown;
    }

    private static (int Line, int Column) Position(Diagnostic problem) => (problem.Line ?? int.MaxValue, problem.Column ?? int.MaxValue);
}
