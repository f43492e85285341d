using System.Globalization;

namespace Torc.Shared.Specs.Documents;

/// <summary>
/// Collects what is to be said about a document. It keeps no more than will be shown, so that a document that is wrong
/// a million times costs little more than one that is right.
/// </summary>
internal sealed class SpecProblems(SpecText text)
{
    private const int KeptAtMost = 10 * SpecLimits.Problems;

    private readonly Dictionary<Severity, List<Problem>> _kept = new()
    {
        [Severity.Error] = [],
        [Severity.Warning] = [],
        [Severity.Hint] = [],
    };

    // Errors that leave no doubt about which jobs there are and what they wait for.
    private static readonly HashSet<string> BesideTheGraph =
    [
        DiagnosticCodes.UnknownKey, DiagnosticCodes.BadValue, DiagnosticCodes.BadMemory, DiagnosticCodes.BadDuration, DiagnosticCodes.BadText, DiagnosticCodes.BadEnvName,
        DiagnosticCodes.UnknownRequirements, DiagnosticCodes.UnknownFailureHandler, DiagnosticCodes.UnknownScheduler, DiagnosticCodes.MissingInput,
    ];

    private readonly HashSet<(string Code, string What)> _said = [];
    private readonly HashSet<(string Code, TextSpan At)> _places = [];
    private readonly HashSet<TextSpan> _faulty = [];
    private readonly TextBudget _expanded = new();
    private int _count;
    private int _errors;

    public SpecText Text => text;

    public bool HasErrors { get; private set; }

    /// <summary>Whether it can be said which jobs there are and what they wait for, whatever else is wrong.</summary>
    public bool LeaveTheGraph { get; private set; } = true;

    /// <summary>Whether the rest of the document is not worth a look: it holds too much, or too much is wrong with it.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether what is looked at now is repeated by parameters: then a mistake is told once for each place, whatever the number of its copies.</summary>
    public bool IsInCopies { get; set; }

    public void Error(string code, string path, TextSpan at, string message, string? help = null) => Add(code, Severity.Error, path, at, message, help);

    public void Add(string code, Severity severity, string path, TextSpan at, string message, string? help)
    {
        HasErrors |= severity == Severity.Error;
        LeaveTheGraph &= severity != Severity.Error || BesideTheGraph.Contains(code);
        if ((!IsNewPlace(code, at) && IsInCopies) || _faulty.Contains(at))
        {
            return;
        }

        var kept = _kept[severity];
        kept.Add(new Problem(at, _count++, new Diagnostic(code, severity, path, Line: null, Column: null, EndColumn: null, message, help)));
        if (kept.Count == KeptAtMost)
        {
            kept.Sort();
            kept.RemoveRange(SpecLimits.Problems, kept.Count - SpecLimits.Problems);
        }

        if (severity == Severity.Error && ++_errors == SpecLimits.Mistakes)
        {
            Stop(path, at, $"up to here there are {SpecLimits.Mistakes.ToString("N0", CultureInfo.InvariantCulture)} mistakes, and what follows was not looked at");
        }
    }

    /// <summary>Marks a value of which everything was told: what stands in for it is no mistake of the author.</summary>
    public void TellNoMoreOf(TextSpan at) => _faulty.Add(at);

    /// <summary>Refuses a document that holds too much. Who goes through its lists stops then.</summary>
    public void Stop(string path, TextSpan at, string message)
    {
        if (!IsStopped)
        {
            IsStopped = true;
            Error(DiagnosticCodes.Limit, path, at, message);
        }
    }

    /// <summary>Whether a problem would not be kept, since another copy has it.</summary>
    public bool IsTold(string code, TextSpan at) => IsInCopies && _places.Contains((code, at));

    /// <summary>Counts what a text of the document became.</summary>
    /// <returns>False, and a problem, if it is too long, or all such texts together are.</returns>
    public bool AllowsText(long length, SpecPath path, TextSpan at)
    {
        if (length > SpecLimits.TextLength)
        {
            Error(DiagnosticCodes.Limit, path.ToString(), at, "this text becomes longer than 1 MiB");
            return false;
        }

        return AllowsMoreText(length, path, at);
    }

    /// <summary>Counts texts that a document is made into, whatever the length of each.</summary>
    /// <returns>False, and once a problem, if all of them together are too long.</returns>
    public bool AllowsMoreText(long length, SpecPath path, TextSpan at)
    {
        if (_expanded.TrySpend(length))
        {
            return true;
        }

        if (IsFirst(DiagnosticCodes.Limit, nameof(SpecLimits.ExpandedText)))
        {
            Error(
                DiagnosticCodes.Limit, path.ToString(), at,
                $"up to here, texts become longer than {SpecLimits.ExpandedText.ToString("N0", CultureInfo.InvariantCulture)} characters together", "put what is alike in all copies into a script or a file");
        }

        return false;
    }

    /// <summary>Whether something is said for the first time; for what is worth one mention in a document.</summary>
    public bool IsFirst(string code, string what) => _said.Add((code, what));

    /// <summary>All problems in the order of the document, at most as many as are shown.</summary>
    public IReadOnlyList<Diagnostic> ToList()
    {
        var kept = _kept.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value.Order().Take(SpecLimits.Problems));
        return Diagnostics.Limit([.. kept.Select(problem => problem.Located(text))], _count);
    }

    // So many places are only known of a document that is wrong as a whole; what its copies repeat is then told again.
    private bool IsNewPlace(string code, TextSpan at) => _places.Count >= SpecLimits.Mistakes || _places.Add((code, at));

    private readonly record struct Problem(TextSpan At, int Number, Diagnostic Diagnostic) : IComparable<Problem>
    {
        // A limit explains what is missing from the rest, so that nothing may crowd it out.
        private bool IsLimit => Diagnostic.Code == DiagnosticCodes.Limit;

        public int CompareTo(Problem other) => (!IsLimit, At.Start, Number).CompareTo((!other.IsLimit, other.At.Start, other.Number));

        public Diagnostic Located(SpecText text)
        {
            var (line, column, endColumn) = text.Locate(At);
            return Diagnostic with { Line = line, Column = column, EndColumn = endColumn };
        }
    }
}
