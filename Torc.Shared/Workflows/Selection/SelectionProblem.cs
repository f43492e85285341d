namespace Torc.Shared.Workflows.Selection;

/// <summary>Why a text is no selection.</summary>
/// <param name="Position">Of the letter at which it goes wrong, from 1.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there; null at the end of the text.</param>
public sealed record SelectionProblem(int Position, string Expected, string? Found)
{
    public override string ToString() => $"At letter {Position}: expected {Expected}, found {Found ?? "the end"}.";
}
