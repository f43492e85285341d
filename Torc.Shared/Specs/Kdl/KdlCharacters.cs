using System.Buffers;

namespace Torc.Shared.Specs.Kdl;

/// <summary>The classes of characters that KDL 2 knows.</summary>
internal static class KdlCharacters
{
    private const string Spaces =
        "\t \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";

    private const string Newlines = "\n\r\u000B\u000C\u0085\u2028\u2029";

    private static readonly char[] Forbidden =
    [
        .. Range('\0', '\u0008'), .. Range('\u000E', '\u001F'), '\u007F', .. Range('\u200E', '\u200F'), .. Range('\u202A', '\u202E'),
        .. Range('\u2066', '\u2069'), '\uFEFF',
    ];

    private static readonly SearchValues<char> SpaceValues = SearchValues.Create(Spaces);

    private static readonly SearchValues<char> NewlineValues = SearchValues.Create(Newlines);

    private static readonly SearchValues<char> ForbiddenValues = SearchValues.Create(Forbidden);

    /// <summary>What ends a name or value that is not quoted.</summary>
    public static SearchValues<char> EndsWord { get; } = SearchValues.Create([.. Spaces, .. Newlines, .. Forbidden, .. "\\/(){};[]\"#="]);

    /// <summary>What is looked at one by one inside quotes; the rest is text.</summary>
    public static SearchValues<char> EndsPlainText { get; } = SearchValues.Create([.. Newlines, .. Forbidden, .. "\"\\"]);

    /// <summary>What is looked at one by one in a comment to the end of the line.</summary>
    public static SearchValues<char> EndsLine { get; } = SearchValues.Create([.. Newlines, .. Forbidden]);

    /// <summary>What is looked at one by one in a comment between <c>/*</c> and <c>*/</c>.</summary>
    public static SearchValues<char> EndsPlainComment { get; } = SearchValues.Create([.. Forbidden, .. "*/"]);

    public static bool IsSpace(char character) => SpaceValues.Contains(character);

    public static bool IsNewline(char character) => NewlineValues.Contains(character);

    /// <summary>Whether a KDL document may not have the character anywhere, not even in quotes.</summary>
    public static bool IsForbidden(char character) => ForbiddenValues.Contains(character);

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
