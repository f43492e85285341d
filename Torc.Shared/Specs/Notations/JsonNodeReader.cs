using System.Globalization;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Notations;

/// <summary>
/// Reads JSON as RFC 8259 has it, or JSON5 1.0.0, keeping where each value stands. It stops at the first mistake in the
/// notation.
/// </summary>
internal sealed class JsonNodeReader
{
    private readonly SpecProblems _problems;
    private readonly JsonCursor _cursor;
    private readonly JsonTextReader _texts;
    private readonly NodeBudget _budget = new();

    private JsonNodeReader(SpecProblems problems, JsonDialect dialect)
    {
        _problems = problems;
        _cursor = new JsonCursor(problems, dialect);
        _texts = new JsonTextReader(_cursor);
    }

    /// <returns>Null if the text is not of this dialect; the problems then say why, unless it says nothing at all.</returns>
    public static SpecNode? Read(SpecProblems problems, JsonDialect dialect) => new JsonNodeReader(problems, dialect).ReadDocument();

    private SpecNode? ReadDocument()
    {
        _cursor.SkipSpace();
        if (_cursor.IsAtEnd || ReadValue() is not { } root)
        {
            return null;
        }

        _cursor.SkipSpace();
        if (_cursor.IsAtEnd)
        {
            return root;
        }

        if (_cursor.IsAtOpenComment)
        {
            _cursor.FailUnexpected("");
        }
        else
        {
            _cursor.Fail(_cursor.Here(), "nothing may follow the end of the document", help: null);
        }

        return null;
    }

    private SpecNode? ReadValue()
    {
        if (!_budget.TrySpend())
        {
            _cursor.Fail(
                DiagnosticCodes.Limit, _cursor.Here(),
                $"the document has more than {SpecLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture)} values", help: null);
            return null;
        }

        return _cursor.Peek() switch
        {
            '{' => ReadNested(isMapping: true),
            '[' => ReadNested(isMapping: false),
            '"' => ReadText(),
            '\'' when _cursor.IsJson5 => ReadText(),
            _ => ReadWord(),
        };
    }

    private SpecNode? ReadNested(bool isMapping)
    {
        if (_cursor.Path.Depth == SpecLimits.Depth)
        {
            _cursor.Fail(DiagnosticCodes.Limit, _cursor.Here(), $"nested deeper than {SpecLimits.Depth} levels", help: null);
            return null;
        }

        _cursor.Path.Enter();
        SpecNode? node = isMapping ? ReadMapping() : ReadSequence();
        _cursor.Path.Leave();
        return node;
    }

    private SpecNode.Mapping? ReadMapping()
    {
        int start = _cursor.At++;
        var entries = new List<SpecEntry>();
        var keys = new KeySet(_problems, entries);
        _cursor.SkipSpace();
        bool? another = !_cursor.TryTake('}');
        while (another == true)
        {
            another = TryReadEntry(start, entries, keys) ? SkipComma(start, '}') : null;
        }

        return another is null ? null : new SpecNode.Mapping(new TextSpan(start, start + 1), entries, _cursor.At);
    }

    private SpecNode.Sequence? ReadSequence()
    {
        int start = _cursor.At++;
        var items = new List<SpecNode>();
        _cursor.SkipSpace();
        bool? another = !_cursor.TryTake(']');
        while (another == true)
        {
            another = TryReadItem(start, items) ? SkipComma(start, ']') : null;
        }

        return another is null ? null : new SpecNode.Sequence(new TextSpan(start, start + 1), items, _cursor.At);
    }

    private bool TryReadEntry(int openedAt, List<SpecEntry> entries, KeySet keys)
    {
        int start = _cursor.At;
        if (ReadKey(openedAt) is not { } key)
        {
            return false;
        }

        _cursor.Path.Key = key;
        var keyAt = _cursor.Since(start);
        if (!SkipColon(key, keyAt) || ReadValue() is not { } value)
        {
            return false;
        }

        if (keys.Allows(_cursor.Path, key, keyAt))
        {
            entries.Add(new SpecEntry(key, keyAt, value));
        }

        return true;
    }

    private bool TryReadItem(int openedAt, List<SpecNode> items)
    {
        _cursor.Path.Index = items.Count;
        if (_cursor.IsAtEnd)
        {
            FailUnclosed(openedAt, ']');
            return false;
        }

        if (ReadValue() is not { } item)
        {
            return false;
        }

        items.Add(item);
        return true;
    }

    private string? ReadKey(int openedAt)
    {
        if (_cursor.Peek() == '"' || (_cursor.IsJson5 && _cursor.Peek() == '\''))
        {
            return _texts.ReadQuoted(isKey: true);
        }

        if (_cursor.IsAtEnd)
        {
            FailUnclosed(openedAt, '}');
            return null;
        }

        if (_cursor.IsJson5)
        {
            return _texts.ReadBareKey();
        }

        string word = _cursor.Word();
        if (word.Length > 0)
        {
            _cursor.Fail(
                new TextSpan(_cursor.At, _cursor.At + word.Length), "a key stands in double quotes",
                $"write \"{Quoting.Shorten(word)}\", or save the file as .json5");
        }
        else
        {
            _cursor.FailUnexpected("a key in double quotes is expected here");
        }

        return null;
    }

    private bool SkipColon(string key, TextSpan keyAt)
    {
        _cursor.SkipSpace();
        if (_cursor.IsAtOpenComment)
        {
            _cursor.FailUnexpected("");
            return false;
        }

        if (!_cursor.TryTake(':'))
        {
            _cursor.Fail(new TextSpan(keyAt.End, keyAt.End + 1), $"\":\" expected after the key {Quoting.Quote(key)}", help: null);
            return false;
        }

        _cursor.SkipSpace();
        if (_cursor.IsAtEnd || _cursor.Peek() is '}' or ',')
        {
            _cursor.Fail(keyAt, $"the key {Quoting.Quote(key)} has no value", help: null);
            return false;
        }

        return true;
    }

    /// <summary>Goes from the end of a value to the next one, or out of the list or object.</summary>
    /// <returns>Whether another value follows; null, and a problem, if neither does.</returns>
    private bool? SkipComma(int openedAt, char closing)
    {
        int end = _cursor.At;
        _cursor.SkipSpace();
        int comma = _cursor.At;
        if (_cursor.TryTake(','))
        {
            _cursor.SkipSpace();
            if (!_cursor.TryTake(closing))
            {
                return true;
            }

            if (_cursor.IsJson5)
            {
                return false;
            }

            _cursor.Fail(
                new TextSpan(comma, comma + 1), $"JSON has no comma before \"{closing}\"", "remove the comma, or save the file as .json5");
            return null;
        }

        if (_cursor.TryTake(closing))
        {
            return false;
        }

        FailAfterValue(openedAt, end, closing);
        return null;
    }

    private SpecNode.Scalar? ReadText()
    {
        int start = _cursor.At;
        return _texts.ReadQuoted(isKey: false) is { } text ? new SpecNode.Scalar(_cursor.Since(start), ScalarKind.Text, text) : null;
    }

    private SpecNode.Scalar? ReadWord()
    {
        string word = _cursor.Word();
        var at = new TextSpan(_cursor.At, _cursor.At + word.Length);
        var (kind, text) = word switch
        {
            "null" => (ScalarKind.Null, word),
            "true" or "false" => (ScalarKind.Boolean, word),
            _ => (ScalarKind.Number, _cursor.IsJson5 ? Json5Numbers.WriteAsJson(word) : NumberText.IsJson(word) ? word : null),
        };
        if (text is not null)
        {
            _cursor.At = at.End;
            return new SpecNode.Scalar(at, kind, text);
        }

        FailWord(at, word);
        return null;
    }

    private void FailWord(TextSpan at, string word)
    {
        if (word.Length == 0)
        {
            _cursor.FailUnexpected("a value is expected here");
        }
        else if (NumberText.Rewrite(word) is { } rewritten)
        {
            _cursor.Fail(at, $"{Quoting.Shorten(word)} is not how {_cursor.Notation} writes a number", $"write {rewritten}");
        }
        else
        {
            string lower = word.ToLowerInvariant();
            _cursor.Fail(at, $"{Quoting.Quote(word)} is not a {_cursor.Notation} value", lower switch
            {
                "true" or "false" or "null" => $"write {lower}",
                "none" or "nil" or "undefined" => "write null",
                "nan" or "inf" or "-inf" or "infinity" or "-infinity" when !_cursor.IsJson5 => "JSON has no such number",
                _ => _cursor.IsJson5 ? "a text stands in quotes" : "a text stands in double quotes",
            });
        }
    }

    private void FailAfterValue(int openedAt, int end, char closing)
    {
        if (_cursor.IsAtEnd)
        {
            FailUnclosed(openedAt, closing);
        }
        else if (_cursor.Peek() is '/' or '#')
        {
            _cursor.FailUnexpected("");
        }
        else
        {
            _cursor.Fail(new TextSpan(end, end + 1), $"comma expected, or \"{closing}\"", help: null);
        }
    }

    private void FailUnclosed(int openedAt, char closing) =>
        _cursor.Fail(new TextSpan(openedAt, openedAt + 1), $"this \"{_cursor.Text[openedAt]}\" is never closed", $"a \"{closing}\" is missing");
}
