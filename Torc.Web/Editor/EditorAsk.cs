using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What the canvas asks before it does something.</summary>
/// <param name="Title">What is going to be made.</param>
/// <param name="Name">The name that is proposed; null if none is asked for.</param>
/// <param name="Choices">What may be done instead of making something new: words, and what to do.</param>
/// <param name="At">Where what is new will lie; null leaves it to the editor.</param>
/// <param name="Left">Where to ask, in CSS pixels from the left edge of the canvas.</param>
/// <param name="Top">The same from the upper edge.</param>
/// <param name="Make">What makes something of a name.</param>
public sealed record EditorAsk(
    string Title,
    string? Name,
    IReadOnlyList<(string Words, SpecOperation Operation)> Choices,
    SpecPlace? At,
    double Left,
    double Top,
    Func<string, (SpecOperation Operation, SpecThing New)>? Make)
{
    /// <summary>What else a name may be made of, the first being <see cref="Make"/>; empty if there is one thing only.</summary>
    public IReadOnlyList<(string Words, Func<string, (SpecOperation Operation, SpecThing New)> Make)> Kinds { get; init; } = [];
}
