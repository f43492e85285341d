using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Notations;

/// <summary>A place in a text of JSON or JSON5: steps over what means nothing, and says what is wrong there.</summary>
internal sealed class JsonCursor(SpecProblems problems, JsonDialect dialect)
{
    // As JavaScript has them: what ends a comment of one line, and may stand behind a backslash in a text.
    private const string LineEnds = "\n\r\u2028\u2029";

    public string Text { get; } = problems.Text.Text;

    /// <summary>In characters, from 0; the text's length at its end.</summary>
    public int At { get; set; }

    public SpecPathTracker Path { get; } = new();

    public bool IsJson5 { get; } = dialect == JsonDialect.Json5;

    /// <summary>What a message calls the notation.</summary>
    public string Notation => IsJson5 ? "JSON5" : "JSON";

    public bool IsAtEnd => At >= Text.Length;

    /// <summary>Whether a comment begins here that does not end; one that ends is stepped over.</summary>
    public bool IsAtOpenComment => IsJson5 && Text.AsSpan(At).StartsWith("/*");

    public static bool IsLineEnd(char character) => LineEnds.Contains(character);

    /// <summary>The character here; NUL, which no spec holds, at the end.</summary>
    public char Peek() => PeekAt(At);

    public char PeekAt(int offset) => offset < Text.Length ? Text[offset] : '\0';

    public Rune PeekRune() => !IsAtEnd && Rune.TryGetRuneAt(Text, At, out var rune) ? rune : Rune.ReplacementChar;

    public TextSpan Here() => new(At, At + 1);

    public TextSpan Since(int start) => new(start, At);

    public bool TryTake(char character)
    {
        bool isHere = Peek() == character;
        At += isHere ? 1 : 0;
        return isHere;
    }

    public void SkipSpace()
    {
        while (!IsAtEnd)
        {
            if (Text[At] is ' ' or '\t' or '\n' or '\r' || (IsJson5 && IsMoreSpace(Text[At])))
            {
                At++;
            }
            else if (IsJson5 && Text[At] == '/' && EndOfComment() is { } end)
            {
                At = end;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>What stands here up to a space or a sign of the notation; more than a number or a key may have, so that a wrong one is shown whole.</summary>
    public string Word()
    {
        int end = At;
        while (end < Text.Length && IsInWord(Text[end]))
        {
            end++;
        }

        return Text[At..end];
    }

    public static bool IsInWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '-' or '+' or '.' or '$';

    public void Fail(TextSpan at, string message, string? help) => Fail(DiagnosticCodes.Syntax, at, message, help);

    public void Fail(string code, TextSpan at, string message, string? help) => problems.Error(code, Path.ToString(), at, message, help);

    /// <summary>Says what stands here in place of what may.</summary>
    public void FailUnexpected(string message)
    {
        if (IsAtEnd)
        {
            Fail(Here(), "the document ends too early", help: null);
            return;
        }

        switch (Text[At])
        {
            case '\'' when !IsJson5:
                Fail(Here(), "JSON text stands in double quotes", "write \" in place of ', or save the file as .json5");
                break;
            case '/' when !IsJson5:
                Fail(Here(), "JSON has no comments", "remove it, or save the file as .json5");
                break;
            case '#' when !IsJson5:
                Fail(Here(), "JSON has no comments", "remove it, or write the spec as YAML");
                break;
            case '/' when IsAtOpenComment:
                Fail(new TextSpan(At, At + 2), "this comment is never closed", "end it with */");
                break;
            case '/' or '#':
                Fail(Here(), $"{Quoting.Name(PeekRune())} begins no comment", "write // before a comment, or put it between /* and */");
                break;
            default:
                Fail(Here(), $"{message}, not {Quoting.Name(PeekRune())}", help: null);
                break;
        }
    }

    // The white space of JavaScript beyond JSON's; .NET counts U+0085 too and the byte order mark not.
    private static bool IsMoreSpace(char character) => character == '\uFEFF' || (character != '\u0085' && char.IsWhiteSpace(character));

    private int? EndOfComment()
    {
        int length = PeekAt(At + 1) switch
        {
            '/' when Text.AsSpan(At).IndexOfAny(LineEnds) is >= 0 and var untilLineEnd => untilLineEnd,
            '/' => Text.Length - At,
            // The first star is behind the search: /*/ is open.
            '*' when Text.AsSpan(At + 2).IndexOf("*/") is >= 0 and var inside => inside + 4,
            _ => 0,
        };
        return length == 0 ? null : At + length;
    }
}
