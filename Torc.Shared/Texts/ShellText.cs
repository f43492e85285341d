namespace Torc.Shared.Texts;

/// <summary>What the shell of a job makes of text.</summary>
internal static class ShellText
{
    private const string Harmless = "_-./:=@%+,";

    /// <summary>Whether a shell may take the text for anything else than one word.</summary>
    public static bool NeedsQuotes(string text) =>
        text.Length == 0 || !text.All(character => char.IsAsciiLetterOrDigit(character) || Harmless.Contains(character));

    /// <summary>Writes text so that a shell takes it for one word.</summary>
    public static string Quote(string text) => NeedsQuotes(text) ? $"'{text.Replace("'", @"'\''")}'" : text;

    /// <summary>Writes text so that a shell takes it as it is where it stands: as one word, or inside the quotes that are open there.</summary>
    /// <param name="open">The quote that is open; NUL if none is.</param>
    public static string Insert(string text, char open) => open switch
    {
        '\'' => text.Replace("'", @"'\''", StringComparison.Ordinal),
        '"' => string.Concat(text.Select(character => character is '\\' or '"' or '$' or '`' ? $@"\{character}" : character.ToString())),
        _ => Quote(text),
    };

    /// <summary>Follows quotes as far as they are simple: no here-documents, no quotes inside <c>$(…)</c> inside quotes.</summary>
    /// <returns>The quote that is open at <paramref name="offset"/>; NUL if none is.</returns>
    public static char QuoteAt(string command, int offset)
    {
        char open = '\0';
        for (int at = 0; at < offset; at++)
        {
            char character = command[at];
            if (character == '\\' && open != '\'')
            {
                at++;
            }
            else if (open == '\0' && character is '\'' or '"')
            {
                open = character;
            }
            else if (character == open)
            {
                open = '\0';
            }
        }

        return open;
    }
}
