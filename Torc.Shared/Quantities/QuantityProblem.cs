using Torc.Shared.Texts;

namespace Torc.Shared.Quantities;

/// <summary>Why a text is no amount.</summary>
/// <param name="Message">Goes on from the name of what was read: <c>must be a whole number, not "many"</c>.</param>
/// <param name="Help">How to mend it; null if the message says it.</param>
public sealed record QuantityProblem(string Message, string? Help)
{
    /// <summary>Shows a text as it came: a number as it is, anything else in quotes.</summary>
    internal static string Show(string text) =>
        text.Length is > 0 and < 40 && text.All(character => char.IsAsciiDigit(character) || character is '-' or '.') ? text : Quoting.Quote(text);
}
