using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Patterns;

/// <summary>Counts the regular expressions of a document that need an engine, since making one costs much more than reading it.</summary>
internal sealed class PatternBudget
{
    private int _expressions;
    private long _characters;
    private long _tests;

    /// <summary>Whether there are no more; then the others need not be read.</summary>
    public bool IsSpent => _expressions > SpecLimits.Patterns || _characters > SpecLimits.PatternCharacters;

    /// <param name="characters">Of the expression, and what its sets cost beside them.</param>
    public bool TrySpend(int characters, bool needsEngine)
    {
        _expressions += needsEngine ? 1 : 0;
        _characters += characters;
        return !IsSpent;
    }

    /// <param name="names">How many names an expression is held against.</param>
    public bool TrySpendTests(int names)
    {
        if (_tests + names > SpecLimits.PatternTests)
        {
            return false;
        }

        _tests += names;
        return true;
    }
}
