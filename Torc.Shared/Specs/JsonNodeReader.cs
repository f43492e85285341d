using System.Buffers;
using System.Globalization;
using System.Text;
using Torc.Shared.Quantities;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Reads JSON as RFC 8259 has it, keeping where each value stands. It stops at the first mistake in the notation.</summary>
internal sealed class JsonNodeReader
{
    private static readonly SearchValues<char> EndsPlainText = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '"', '\\']);

    private readonly SpecProblems _problems;
    private readonly string _text;
    private readonly NodeBudget _budget = new();
    private readonly SpecPathTracker _path = new();
    private readonly KeyPool _keys = new();
    private int _at;

    private JsonNodeReader(SpecProblems problems)
    {
        _problems = problems;
        _text = problems.Text.Text;
    }

    /// <returns>Null if the text is not JSON; the problems then say why.</returns>
    public static SpecNode? Read(SpecProblems problems)
    {
        var reader = new JsonNodeReader(problems);
        reader.SkipSpace();
        if (reader.ReadValue() is not { } root)
        {
            return null;
        }

        reader.SkipSpace();
        return reader._at == reader._text.Length ? root : reader.Fail(reader._at, "nothing may follow the end of the document", help: null);
    }

    private SpecNode? ReadValue()
    {
        if (!_budget.TrySpend(1))
        {
            return Fail(
                DiagnosticCodes.Limit, Here(),
                $"the document has more than {SpecLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture)} values", help: null);
        }

        return Peek() switch
        {
            '{' => ReadNested(isMapping: true),
            '[' => ReadNested(isMapping: false),
            '"' => ReadString() is { } text ? new SpecNode.Scalar(new TextSpan(text.Start, _at), ScalarKind.Text, text.Value) : null,
            _ => ReadWord(),
        };
    }

    private SpecNode? ReadNested(bool isMapping)
    {
        if (_path.Depth == SpecLimits.Depth)
        {
            return Fail(DiagnosticCodes.Limit, Here(), $"nested deeper than {SpecLimits.Depth} levels", help: null);
        }

        _path.Enter();
        SpecNode? node = isMapping ? ReadMapping() : ReadSequence();
        _path.Leave();
        return node;
    }

    private SpecNode.Mapping? ReadMapping()
    {
        int start = _at++;
        var entries = new List<SpecEntry>();
        var keys = new KeySet(_problems, entries);
        SkipSpace();
        if (Peek() == '}')
        {
            _at++;
            return new SpecNode.Mapping(new TextSpan(start, start + 1), entries);
        }

        while (true)
        {
            if (ReadKey(start) is not { } key)
            {
                return null;
            }

            _path.Key = key.Value;
            var keyAt = new TextSpan(key.Start, _at);
            if (!SkipColon(key) || ReadValue() is not { } value)
            {
                return null;
            }

            if (keys.Allows(_path, key.Value, keyAt))
            {
                entries.Add(new SpecEntry(key.Value, keyAt, value));
            }

            int end = _at;
            SkipSpace();
            switch (Peek())
            {
                case '}':
                    _at++;
                    return new SpecNode.Mapping(new TextSpan(start, start + 1), entries);
                case ',':
                    int comma = _at++;
                    SkipSpace();
                    if (Peek() == '}')
                    {
                        FailAtComma(comma, '}');
                        return null;
                    }

                    break;
                default:
                    FailAfterValue(start, end, '}');
                    return null;
            }
        }
    }

    private SpecNode.Sequence? ReadSequence()
    {
        int start = _at++;
        var items = new List<SpecNode>();
        SkipSpace();
        if (Peek() == ']')
        {
            _at++;
            return new SpecNode.Sequence(new TextSpan(start, start + 1), items);
        }

        while (true)
        {
            _path.Index = items.Count;
            if (IsAtEnd)
            {
                FailUnclosed(start, ']');
                return null;
            }

            if (ReadValue() is not { } item)
            {
                return null;
            }

            items.Add(item);
            int end = _at;
            SkipSpace();
            switch (Peek())
            {
                case ']':
                    _at++;
                    return new SpecNode.Sequence(new TextSpan(start, start + 1), items);
                case ',':
                    int comma = _at++;
                    SkipSpace();
                    if (Peek() == ']')
                    {
                        FailAtComma(comma, ']');
                        return null;
                    }

                    break;
                default:
                    FailAfterValue(start, end, ']');
                    return null;
            }
        }
    }

    private (int Start, string Value)? ReadKey(int openedAt)
    {
        if (Peek() == '"')
        {
            return ReadString(isKey: true);
        }

        if (IsAtEnd)
        {
            FailUnclosed(openedAt, '}');
            return null;
        }

        string word = Word();
        if (word.Length > 0)
        {
            Fail(new TextSpan(_at, _at + word.Length), "a key stands in double quotes", $"write \"{Quoting.Shorten(word)}\"");
        }
        else
        {
            FailUnexpected("a key in double quotes is expected here");
        }

        return null;
    }

    private bool SkipColon((int Start, string Value) key)
    {
        int end = _at;
        SkipSpace();
        if (Peek() != ':')
        {
            Fail(new TextSpan(end, end + 1), $"\":\" expected after the key {Quoting.Quote(key.Value)}", help: null);
            return false;
        }

        _at++;
        SkipSpace();
        if (IsAtEnd || Peek() is '}' or ',')
        {
            Fail(new TextSpan(key.Start, end), $"the key {Quoting.Quote(key.Value)} has no value", help: null);
            return false;
        }

        return true;
    }

    private (int Start, string Value)? ReadString(bool isKey = false)
    {
        int start = _at++;
        StringBuilder? unescaped = null;
        while (true)
        {
            int run = _text.AsSpan(_at).IndexOfAny(EndsPlainText);
            if (run < 0 || _text[_at + run] is '\n' or '\r')
            {
                Fail(new TextSpan(start, start + 1), "this text is never closed", "end it with \" on the same line; write a line break as \\n");
                return null;
            }

            var plain = _text.AsSpan(_at, run);
            _at += run;
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return (start, unescaped is null ? isKey ? _keys.Get(plain) : plain.ToString() : unescaped.Append(plain).ToString());
                case '\\':
                    unescaped = (unescaped ?? new StringBuilder()).Append(plain);
                    if (!ReadEscape(unescaped))
                    {
                        return null;
                    }

                    break;
                case '\t':
                    Fail(Here(), "a tab inside a text is written \\t", help: null);
                    return null;
                case char control:
                    string code = ((int)control).ToString("x4", CultureInfo.InvariantCulture);
                    Fail(Here(), $"the character U+{code.ToUpperInvariant()} inside a text is written \\u{code}", help: null);
                    return null;
            }
        }
    }

    private bool ReadEscape(StringBuilder unescaped)
    {
        int start = _at++;
        char escaped = Peek();
        if (escaped == 'u')
        {
            return ReadUnicodeEscape(start, unescaped);
        }

        char? character = escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => null,
        };
        if (character is null)
        {
            string shown = Quoting.Shorten(_text[start..Math.Min(start + 2, _text.Length)]);
            Fail(new TextSpan(start, start + 2), $"JSON has no {shown}", "write \\\\ for a backslash");
            return false;
        }

        unescaped.Append(character.Value);
        _at++;
        return true;
    }

    private bool ReadUnicodeEscape(int start, StringBuilder unescaped)
    {
        if (UnitAt(start) is not { } unit)
        {
            Fail(new TextSpan(start, start + 2), "\\u wants four hexadecimal digits", help: null);
            return false;
        }

        _at = start + 6;
        unescaped.Append(unit);
        if (!char.IsSurrogate(unit))
        {
            return true;
        }

        if (char.IsHighSurrogate(unit) && UnitAt(_at) is { } low && char.IsLowSurrogate(low))
        {
            unescaped.Append(low);
            _at += 6;
            return true;
        }

        Fail(new TextSpan(start, start + 6), $"{_text[start..(start + 6)]} is half of a character", "write both halves, or the character itself");
        return false;
    }

    // The raw form is \u and four hexadecimal digits.
    private char? UnitAt(int start) =>
        start + 6 <= _text.Length && _text[start] == '\\' && _text[start + 1] == 'u'
        && ushort.TryParse(_text.AsSpan(start + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : null;

    private SpecNode.Scalar? ReadWord()
    {
        string word = Word();
        var at = new TextSpan(_at, _at + word.Length);
        ScalarKind? kind = word switch
        {
            "null" => ScalarKind.Null,
            "true" or "false" => ScalarKind.Boolean,
            _ when NumberText.IsJson(word) => ScalarKind.Number,
            _ => null,
        };
        if (kind is { } known)
        {
            _at = at.End;
            return new SpecNode.Scalar(at, known, word);
        }

        if (word.Length == 0)
        {
            FailUnexpected("a value is expected here");
        }
        else if (NumberText.Rewrite(word) is { } rewritten)
        {
            Fail(at, $"{Quoting.Shorten(word)} is not how JSON writes a number", $"write {rewritten}");
        }
        else
        {
            string lower = word.ToLowerInvariant();
            Fail(at, $"{Quoting.Quote(word)} is not a JSON value", lower switch
            {
                "true" or "false" or "null" => $"write {lower}",
                "none" or "nil" or "undefined" => "write null",
                "nan" or "inf" or "-inf" or "infinity" or "-infinity" => "JSON has no such number",
                _ => "a text stands in double quotes",
            });
        }

        return null;
    }

    private string Word()
    {
        int end = _at;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '-' or '+' or '.' or '$'))
        {
            end++;
        }

        return _text[_at..end];
    }

    private bool IsAtEnd => _at >= _text.Length;

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private TextSpan Here() => new(_at, _at + 1);

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private void FailUnexpected(string message)
    {
        if (IsAtEnd)
        {
            Fail(Here(), "the document ends too early", help: null);
            return;
        }

        switch (_text[_at])
        {
            case '\'':
                Fail(Here(), "JSON text stands in double quotes", "write \" in place of '");
                break;
            case '/' or '#':
                Fail(Here(), "JSON has no comments", "remove it, or write the spec as YAML");
                break;
            default:
                Fail(Here(), $"{message}, not {Quoting.Name(RuneHere())}", help: null);
                break;
        }
    }

    private Rune RuneHere() => Rune.TryGetRuneAt(_text, _at, out var rune) ? rune : Rune.ReplacementChar;

    private void FailAtComma(int comma, char closing) =>
        Fail(new TextSpan(comma, comma + 1), $"JSON has no comma before \"{closing}\"", "remove the comma");

    private void FailAfterValue(int openedAt, int end, char closing)
    {
        if (IsAtEnd)
        {
            FailUnclosed(openedAt, closing);
        }
        else if (Peek() is '/' or '#')
        {
            FailUnexpected("");
        }
        else
        {
            Fail(new TextSpan(end, end + 1), $"comma expected, or \"{closing}\"", help: null);
        }
    }

    private void FailUnclosed(int openedAt, char closing) =>
        Fail(new TextSpan(openedAt, openedAt + 1), $"this \"{_text[openedAt]}\" is never closed", $"a \"{closing}\" is missing");

    private SpecNode? Fail(int offset, string message, string? help) => Fail(new TextSpan(offset, offset + 1), message, help);

    private SpecNode? Fail(TextSpan at, string message, string? help) => Fail(DiagnosticCodes.Syntax, at, message, help);

    private SpecNode? Fail(string code, TextSpan at, string message, string? help)
    {
        _problems.Error(code, _path.ToString(), at, message, help);
        return null;
    }
}
