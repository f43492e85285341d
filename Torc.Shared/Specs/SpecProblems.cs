namespace Torc.Shared.Specs;

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

    private int _count;

    public SpecText Text => text;

    public bool HasErrors { get; private set; }

    public int Count => _count;

    public void Error(string code, string path, TextSpan at, string message, string? help = null) => Add(code, Severity.Error, path, at, message, help);

    public void Add(string code, Severity severity, string path, TextSpan at, string message, string? help)
    {
        HasErrors |= severity == Severity.Error;
        var kept = _kept[severity];
        kept.Add(new Problem(at, _count++, new Diagnostic(code, severity, path, Line: null, Column: null, EndColumn: null, message, help)));
        if (kept.Count == KeptAtMost)
        {
            kept.Sort();
            kept.RemoveRange(SpecLimits.Problems, kept.Count - SpecLimits.Problems);
        }
    }

    /// <summary>All problems in the order of the document, at most as many as are shown.</summary>
    public IReadOnlyList<Diagnostic> ToList()
    {
        var kept = _kept.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value.Order().Take(SpecLimits.Problems));
        return Diagnostics.Limit([.. kept.Select(problem => problem.Located(text))], _count);
    }

    private readonly record struct Problem(TextSpan At, int Number, Diagnostic Diagnostic) : IComparable<Problem>
    {
        public int CompareTo(Problem other) => (At.Start, Number).CompareTo((other.At.Start, other.Number));

        public Diagnostic Located(SpecText text)
        {
            var (line, column, endColumn) = text.Locate(At);
            return Diagnostic with { Line = line, Column = column, EndColumn = endColumn };
        }
    }
}
