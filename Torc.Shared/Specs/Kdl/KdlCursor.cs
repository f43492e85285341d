using System.Globalization;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Kdl;

/// <summary>
/// A place in a KDL text, which moves over what has no meaning. The first mistake moves it to the end of the text: whoever
/// reads on finds nothing there and stops, and what is said about the missing rest is not reported.
/// </summary>
internal sealed class KdlCursor(SpecProblems problems)
{
    private int _at;

    public string Text { get; } = problems.Text.Text;

    public int At
    {
        get => _at;
        set => _at = HasFailed ? Text.Length : value;
    }

    public bool HasFailed { get; private set; }

    public bool IsAtEnd => At >= Text.Length;

    /// <returns>NUL at the end; no KDL text has one.</returns>
    public char Peek(int ahead = 0) => At + ahead < Text.Length ? Text[At + ahead] : '\0';

    public bool StartsWith(string text) => string.CompareOrdinal(Text, At, text, 0, text.Length) == 0;

    /// <summary>Whether the node ends here, and a name or value can not begin here.</summary>
    public bool IsAtNodeEnd => IsAtEnd || Peek() is ';' or '}' || KdlCharacters.IsNewline(Peek()) || StartsWith("//");

    /// <summary>Moves over spaces, <c>/* comments */</c> and escaped line ends.</summary>
    /// <returns>Whether there was any.</returns>
    public bool SkipSpace()
    {
        int start = At;
        while (true)
        {
            if (KdlCharacters.IsSpace(Peek()))
            {
                At++;
            }
            else if (StartsWith("/*"))
            {
                SkipBlockComment();
            }
            else if (Peek() == '\\')
            {
                SkipEscapedLineEnd();
            }
            else
            {
                return At > start;
            }
        }
    }

    /// <summary>Moves over everything that may stand between two nodes.</summary>
    public void SkipLines()
    {
        while (SkipSpace() || SkipNewline() || SkipLineComment())
        {
        }
    }

    /// <returns>False if there is no line end.</returns>
    public bool SkipNewline()
    {
        if (!KdlCharacters.IsNewline(Peek()))
        {
            return false;
        }

        At += StartsWith("\r\n") ? 2 : 1;
        return true;
    }

    public string Name(int at) => Quoting.Name(Rune.TryGetRuneAt(Text, at, out var rune) ? rune : Rune.ReplacementChar);

    public void Fail(int start, int end, string message, string? help) => Fail(DiagnosticCodes.Syntax, new TextSpan(start, end), message, help);

    public void Fail(string code, TextSpan at, string message, string? help)
    {
        // The tree is not made yet, so there is no path to name.
        if (!HasFailed)
        {
            problems.Error(code, "", at, message, help);
        }

        HasFailed = true;
        _at = Text.Length;
    }

    public void FailForbidden(int at)
    {
        string code = ((int)Text[at]).ToString("x4", CultureInfo.InvariantCulture);
        Fail(at, at + 1, $"the character U+{code.ToUpperInvariant()} cannot stand in KDL", $"write it as \\u{{{code}}} inside quotes, or remove it");
    }

    private bool SkipLineComment()
    {
        if (!StartsWith("//"))
        {
            return false;
        }

        int length = Text.AsSpan(At).IndexOfAny(KdlCharacters.EndsLine);
        At = length < 0 ? Text.Length : At + length;
        if (KdlCharacters.IsForbidden(Peek()) && !IsAtEnd)
        {
            FailForbidden(At);
        }

        return true;
    }

    // Comments stand inside each other; the count is enough to know which end is whose.
    private void SkipBlockComment()
    {
        int start = At;
        int open = 0;
        do
        {
            if (StartsWith("/*"))
            {
                open++;
                At += 2;
            }
            else if (StartsWith("*/"))
            {
                open--;
                At += 2;
            }
            else if (!IsAtEnd && KdlCharacters.IsForbidden(Peek()))
            {
                FailForbidden(At);
            }
            else
            {
                int length = IsAtEnd ? -1 : Text.AsSpan(At + 1).IndexOfAny(KdlCharacters.EndsPlainComment);
                At = length < 0 ? Text.Length : At + 1 + length;
            }
        }
        while (open > 0 && !IsAtEnd);

        if (open > 0)
        {
            Fail(start, start + 2, "this comment is never closed", "a */ is missing");
        }
    }

    private void SkipEscapedLineEnd()
    {
        int start = At++;
        while (KdlCharacters.IsSpace(Peek()) || StartsWith("/*"))
        {
            if (Peek() == '/')
            {
                SkipBlockComment();
            }
            else
            {
                At++;
            }
        }

        if (!SkipLineComment() && !IsAtEnd && !KdlCharacters.IsNewline(Peek()))
        {
            Fail(start, start + 1, "after \\ the line must end", "put a text with a backslash in quotes, and write \\\\ there");
        }

        SkipNewline();
    }
}
