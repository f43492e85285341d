namespace Torc.Shared.Specs.Documents;

/// <summary>Counts the characters that variables, parameters and references make of a document, so that a small one cannot become a large one.</summary>
internal sealed class TextBudget
{
    private long _spent;

    /// <returns>False if there are too many.</returns>
    public bool TrySpend(long characters)
    {
        _spent += characters;
        return _spent <= SpecLimits.ExpandedText;
    }
}
