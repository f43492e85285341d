using System.Globalization;
using System.Text.RegularExpressions;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Kdl;

/// <summary>
/// Reads the KDL language, version 2 and what only version 1 has: bare <c>true</c>, <c>false</c> and <c>null</c>,
/// <c>r"…"</c>, and texts in quotes that go over line ends. It stops at the first mistake in the notation.
/// </summary>
internal sealed class KdlParser
{
    // /- kdl-version 1
    private static readonly Regex Version = new(@"\A\s*/-[ \t]*kdl-version[ \t]+[12]\b", RegexOptions.NonBacktracking);

    private readonly NodeBudget _budget;
    private readonly KdlCursor _cursor;
    private readonly KdlStrings _strings;
    private readonly KeyPool _keys = new();
    private int _depth;

    private KdlParser(SpecProblems problems, NodeBudget budget)
    {
        _budget = budget;
        _cursor = new KdlCursor(problems);
        var version = Version.Match(_cursor.Text);
        _strings = new KdlStrings(_cursor, version.Success ? version.ValueSpan[^1] - '0' : null);
    }

    /// <returns>Null if the text is not KDL; the problems then say why.</returns>
    public static IReadOnlyList<KdlNode>? Parse(SpecProblems problems, NodeBudget budget)
    {
        var parser = new KdlParser(problems, budget);
        var nodes = parser.ReadNodes(openedAt: null);
        return parser._cursor.HasFailed ? null : nodes;
    }

    private List<KdlNode> ReadNodes(int? openedAt)
    {
        var nodes = new List<KdlNode>();
        while (true)
        {
            _cursor.SkipLines();
            if (_cursor.IsAtEnd)
            {
                if (openedAt is { } opened)
                {
                    _cursor.Fail(opened, opened + 1, "this \"{\" is never closed", "a \"}\" is missing");
                }

                return nodes;
            }

            switch (_cursor.Peek())
            {
                case '}' when openedAt is null:
                    _cursor.Fail(_cursor.At, _cursor.At + 1, "no block is open that this \"}\" could close", "remove it");
                    return nodes;
                case '}':
                    _cursor.At++;
                    return nodes;
                case ';':
                    _cursor.At++;
                    break;
                default:
                    bool isDropped = TakeSlashDash();
                    var node = ReadNode();
                    if (!isDropped)
                    {
                        nodes.Add(node);
                    }

                    break;
            }
        }
    }

    private KdlNode ReadNode()
    {
        Spend();
        SkipType();
        int start = _cursor.At;
        string name = ReadName("a node begins with its name");
        var nameAt = new TextSpan(start, _cursor.At);
        var entries = new Entries();
        TextSpan? blockAt = null;
        IReadOnlyList<KdlNode> children = [];
        bool isAfterBlock = false;
        while (true)
        {
            int end = _cursor.At;
            bool isApart = _cursor.SkipSpace();
            if (_cursor.IsAtNodeEnd)
            {
                // A brace ends the nodes around it too, so it stays.
                _cursor.At += _cursor.Peek() == ';' ? 1 : 0;
                return new KdlNode(name, nameAt, entries.Arguments ?? [], entries.Properties ?? [], blockAt, children);
            }

            bool isDropped = TakeSlashDash();
            if (_cursor.Peek() == '{' && (isDropped || blockAt is null))
            {
                var block = ReadBlock();
                (blockAt, children) = isDropped ? (blockAt, children) : block;
                isAfterBlock = true;
            }
            else if (isAfterBlock)
            {
                _cursor.Fail(_cursor.At, _cursor.At + 1, "after a block the node ends", "begin a new line, or put values before the block");
            }
            else if (!isApart)
            {
                FailUnparted(end);
            }
            else
            {
                ReadEntry(isDropped ? new Entries() : entries);
            }
        }
    }

    // A comment for one node, value, property or block: /- stands before it.
    private bool TakeSlashDash()
    {
        if (!_cursor.StartsWith("/-"))
        {
            return false;
        }

        int start = _cursor.At;
        _cursor.At += 2;
        _cursor.SkipLines();
        if (_cursor.IsAtEnd || _cursor.Peek() is ';' or '}')
        {
            _cursor.Fail(start, start + 2, "nothing follows that this \"/-\" could leave out", "remove it");
        }

        return true;
    }

    private (TextSpan At, IReadOnlyList<KdlNode> Children) ReadBlock()
    {
        var at = new TextSpan(_cursor.At, _cursor.At + 1);
        if (_depth == SpecLimits.Depth)
        {
            _cursor.Fail(DiagnosticCodes.Limit, at, $"nested deeper than {SpecLimits.Depth} levels", help: null);
            return (at, []);
        }

        _depth++;
        _cursor.At++;
        var children = ReadNodes(at.Start);
        _depth--;
        return (at, children);
    }

    private void ReadEntry(Entries entries)
    {
        Spend();
        bool isTyped = SkipType();
        var value = ReadValue();
        int end = _cursor.At;
        _cursor.SkipSpace();
        if (_cursor.Peek() != '=')
        {
            // The space before the next value is still to be seen.
            _cursor.At = end;
            (entries.Arguments ??= new List<SpecNode.Scalar>(1)).Add(value);
            return;
        }

        if (isTyped || value.Kind != ScalarKind.Text)
        {
            _cursor.Fail(value.At.Start, end, "the key of a property is a text", $"write it in double quotes: \"{Quoting.Shorten(value.Text)}\"=");
        }

        _cursor.At++;
        _cursor.SkipSpace();
        if (_cursor.IsAtNodeEnd)
        {
            _cursor.Fail(value.At.Start, end, $"the property {Quoting.Quote(value.Text)} has no value", help: null);
        }

        SkipType();
        var property = new SpecEntry(_keys.Get(value.Text), value.At, ReadValue());
        (entries.Properties ??= new List<SpecEntry>(1)).Add(property);
    }

    private SpecNode.Scalar ReadValue()
    {
        int start = _cursor.At;
        if (_strings.IsAtQuotes)
        {
            return Scalar(ScalarKind.Text, _strings.Read());
        }

        if (_cursor.Peek() == '#')
        {
            return ReadKeyword();
        }

        string word = TakeWord("a value is expected here").ToString();
        if (KdlNumbers.LooksLikeNumber(word))
        {
            if (KdlNumbers.Plain(word) is { } number)
            {
                return Scalar(ScalarKind.Number, number);
            }

            _cursor.Fail(
                start, start + word.Length, $"{Quoting.Shorten(word)} is not how KDL writes a number",
                word switch
                {
                    [.., ','] => "KDL has no commas between values",
                    _ when word.TrimStart('+', '-')[0] == '.' => "write 0 before the point",
                    _ => $"write \"{Quoting.Shorten(word)}\" if it is a text",
                });
        }

        switch (word)
        {
            case "true" or "false":
                return Scalar(ScalarKind.Boolean, word);
            case "null":
                return Scalar(ScalarKind.Null, word);
            case "inf" or "-inf" or "nan":
                _cursor.Fail(start, start + word.Length, $"{word} is no text without quotes", $"write #{word} for the number, \"{word}\" for the text");
                break;
        }

        return Scalar(ScalarKind.Text, word);

        SpecNode.Scalar Scalar(ScalarKind kind, string text) => new(new TextSpan(start, _cursor.At), kind, text);
    }

    private SpecNode.Scalar ReadKeyword()
    {
        int start = _cursor.At++;
        string word = PeekWord().ToString();
        _cursor.At += word.Length;
        (ScalarKind Kind, string Text)? known = word switch
        {
            "true" or "false" => (ScalarKind.Boolean, word),
            "null" => (ScalarKind.Null, word),

            // As YAML writes them, which is what is asked for when a number is out of range.
            "inf" => (ScalarKind.Number, ".inf"),
            "-inf" => (ScalarKind.Number, "-.inf"),
            "nan" => (ScalarKind.Number, ".nan"),
            _ => null,
        };
        if (known is null)
        {
            _cursor.Fail(start, start + 1 + word.Length, $"KDL has no value {Quoting.Quote("#" + word)}", word.ToLowerInvariant() switch
            {
                "true" or "false" or "null" or "inf" or "-inf" or "nan" => $"write #{word.ToLowerInvariant()}",
                _ => "a comment begins with //, and a text with # stands in double quotes",
            });
        }

        var (kind, text) = known ?? (ScalarKind.Null, "null");
        return new SpecNode.Scalar(new TextSpan(start, _cursor.At), kind, text);
    }

    /// <summary>Reads a text that a node or a type is called by.</summary>
    private string ReadName(string expected)
    {
        if (_strings.IsAtQuotes)
        {
            return _strings.Read();
        }

        int start = _cursor.At;
        if (_cursor.Peek() == '#')
        {
            _cursor.Fail(start, start + 1, $"{expected}, not \"#\"", "a comment begins with //");
            return "";
        }

        string word = _keys.Get(TakeWord(expected));
        if (KdlNumbers.LooksLikeNumber(word) || word is "true" or "false" or "null" or "inf" or "-inf" or "nan")
        {
            _cursor.Fail(start, start + word.Length, $"{expected}; {Quoting.Shorten(word)} is none", $"write \"{Quoting.Shorten(word)}\"");
        }

        return word;
    }

    // Only a hint for people: (u8)12 is 12.
    private bool SkipType()
    {
        if (_cursor.Peek() != '(')
        {
            return false;
        }

        int start = _cursor.At++;
        _cursor.SkipSpace();
        ReadName("a type in parentheses is a name");
        _cursor.SkipSpace();
        if (_cursor.Peek() != ')')
        {
            _cursor.Fail(start, start + 1, "this \"(\" is never closed", "a \")\" is missing");
            return true;
        }

        _cursor.At++;
        _cursor.SkipSpace();
        return true;
    }

    private ReadOnlySpan<char> TakeWord(string expected)
    {
        var word = PeekWord();
        if (word.IsEmpty)
        {
            FailUnexpected(expected);
        }

        _cursor.At += word.Length;
        return word;
    }

    private ReadOnlySpan<char> PeekWord()
    {
        var rest = _cursor.Text.AsSpan(_cursor.At);
        int length = rest.IndexOfAny(KdlCharacters.EndsWord);
        return length < 0 ? rest : rest[..length];
    }

    private void Spend()
    {
        if (!_budget.TrySpend())
        {
            _cursor.Fail(
                DiagnosticCodes.Limit, new TextSpan(_cursor.At, _cursor.At + 1),
                $"the document has more than {SpecLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture)} values", help: null);
        }
    }

    private void FailUnparted(int end)
    {
        switch (_cursor.Peek())
        {
            case ',':
                _cursor.Fail(end, end + 1, "KDL has no commas between values", "write a blank in place of the comma");
                break;
            case '"' or '#' or '(':
                _cursor.Fail(end, end + 1, "a blank is missing here", help: null);
                break;
            default:
                FailUnexpected("a blank is missing here");
                break;
        }
    }

    private void FailUnexpected(string message)
    {
        int at = _cursor.At;
        if (_cursor.IsAtEnd)
        {
            _cursor.Fail(at, at + 1, "the document ends too early", help: null);
            return;
        }

        switch (_cursor.Text[at])
        {
            case '[' or ']':
                _cursor.Fail(at, at + 1, "KDL has no brackets for lists", "write the values one after the other, as in  depends_on \"a\" \"b\"");
                break;
            case '/':
                _cursor.Fail(at, at + 1, "\"/\" cannot stand outside of quotes", "put the text in double quotes; a comment begins with //");
                break;
            case '=':
                _cursor.Fail(at, at + 1, "\"=\" is not expected here", "a node's value follows its name without \"=\"; a text with \"=\" stands in double quotes");
                break;
            case var forbidden when KdlCharacters.IsForbidden(forbidden):
                _cursor.FailForbidden(at);
                break;
            default:
                _cursor.Fail(at, at + 1, $"{message}, not {_cursor.Name(at)}", help: null);
                break;
        }
    }

    /// <summary>What stands between a node's name and its block.</summary>
    private sealed class Entries
    {
        public List<SpecNode.Scalar>? Arguments { get; set; }

        public List<SpecEntry>? Properties { get; set; }
    }
}
