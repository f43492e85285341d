namespace Torc.Shared.Specs.Editing;

/// <summary>What became of the wish to change the text of a spec.</summary>
public abstract record SpecEdit
{
    private SpecEdit()
    {
    }

    /// <param name="Reading">Of the new text; it has no errors.</param>
    /// <param name="Lines">What sets the new text apart from the old one; none if all is as it was wanted already.</param>
    public sealed record Done(string Text, SpecReading Reading, IReadOnlyList<SpecLine> Lines) : SpecEdit;

    /// <param name="Why">A sentence for people.</param>
    public sealed record Refused(string Why) : SpecEdit;
}
