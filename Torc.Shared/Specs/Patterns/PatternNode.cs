namespace Torc.Shared.Specs.Patterns;

/// <summary>A regular expression, or a part of one, with all flags worked in.</summary>
/// <param name="Height">Parts inside each other.</param>
internal abstract record PatternNode(int Height)
{
    /// <summary>One character of a set.</summary>
    public sealed record Set(CodePoints Of) : PatternNode(1);

    /// <param name="OfLine">Whether it is the start of any line of the text.</param>
    public sealed record Start(bool OfLine) : PatternNode(1);

    public sealed record End(bool OfLine) : PatternNode(1);

    public sealed record WordBoundary(bool IsNegated) : PatternNode(1);

    /// <param name="Max">Null for any number.</param>
    public sealed record Repeat(PatternNode Of, int Min, int? Max) : PatternNode(Of.Height + 1);

    /// <summary>One after the other; empty for what matches nothing at all.</summary>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode(HeightOf(Parts));

    public sealed record Choice(IReadOnlyList<PatternNode> Branches) : PatternNode(HeightOf(Branches));

    private static int HeightOf(IReadOnlyList<PatternNode> parts) => 1 + parts.Select(part => part.Height).DefaultIfEmpty().Max();
}
