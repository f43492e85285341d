using System.Text;

namespace Torc.Shared.Texts;

/// <summary>
/// Joins letters and marks into single letters, so that a name typed on one system equals the same name typed on another.
/// The runtime's own normalization changes nothing where globalization is invariant, as it is here.
/// </summary>
internal static class Composition
{
    private const int HangulStart = 0xAC00;
    private const int Vowels = 21;
    private const int Tails = 28;

    /// <summary>
    /// Brings text whose marks stand in their canonical order into Unicode's composed form (NFC). Marks in another order
    /// stay as they are.
    /// </summary>
    public static string Compose(string text)
    {
        // Below U+0300 nothing joins what is before it.
        if (!text.AsSpan().ContainsAnyInRange('\u0300', char.MaxValue))
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        int letter = -1;
        foreach (char character in text)
        {
            if (letter >= 0 && Join(composed[letter], character) is { } joined)
            {
                composed[letter] = joined;
                continue;
            }

            // A mark that does not join keeps those after it from joining too.
            composed.Append(character);
            letter = char.IsLetter(character) ? composed.Length - 1 : -1;
        }

        return composed.ToString();
    }

    private static char? Join(char letter, char mark)
    {
        if (CompositionTable.ByMark.TryGetValue(mark, out string? pairs))
        {
            for (int pair = 0; pair < pairs.Length; pair += 2)
            {
                if (pairs[pair] == letter)
                {
                    return pairs[pair + 1];
                }
            }
        }

        return JoinHangul(letter, mark);
    }

    // A syllable is a lead and a vowel, or those two joined and a tail.
    private static char? JoinHangul(char first, char second)
    {
        if (first is >= '\u1100' and <= '\u1112' && second is >= '\u1161' and <= '\u1175')
        {
            return (char)(HangulStart + ((((first - '\u1100') * Vowels) + second - '\u1161') * Tails));
        }

        bool takesTail = first is >= '\uAC00' and <= '\uD7A3' && (first - HangulStart) % Tails == 0;
        return takesTail && second is > '\u11A7' and <= '\u11C2' ? (char)(first + second - '\u11A7') : null;
    }
}
