namespace Torc.Shared.Specs.Editing;

/// <summary>What became of the wish to change the text of a spec.</summary>
public abstract record SpecEdit
{
    private SpecEdit()
    {
    }

    /// <param name="Before">The document that was to be changed.</param>
    /// <param name="After">What it became; the same if all is as it was wanted already.</param>
    /// <param name="Changes">What makes the one text of the other, with the fewest characters.</param>
    public sealed record Done(SpecDocument Before, SpecDocument After, IReadOnlyList<TextChange> Changes) : SpecEdit
    {
        public string Text => After.Text;

        public SpecReading Reading => After.Reading;

        /// <summary>What sets the new text apart from the old one; none if nothing changed.</summary>
        public IReadOnlyList<SpecLine> Lines => ChangedLines.Of(Before.Text, Changes);
    }

    public sealed record Refused(SpecRefusal Reason) : SpecEdit
    {
        /// <summary>A sentence or two for people.</summary>
        public string Why => Reason.Why;
    }
}
