using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Writing;

/// <summary>Writes a tree as JSON that reads well: small lists and objects stand on one line, everything else is indented.</summary>
internal sealed class JsonNodeWriter
{
    // {"name": "a", "env": {"B": "c"}} is seen at a glance, one more level is not.
    private const int ObjectsInOneLine = 2;

    private readonly StringBuilder _json = new();
    private readonly StringBuilder _line = new();
    private int _lineStart;

    private JsonNodeWriter()
    {
    }

    /// <param name="root">Not nested deeper than a document may be: writing is recursive.</param>
    /// <returns>Text that ends with a line break.</returns>
    public static string Write(SpecNode root)
    {
        var writer = new JsonNodeWriter();
        writer.WriteBroken(root, indentation: 0);
        return writer._json.Append('\n').ToString();
    }

    private void WriteBroken(SpecNode node, int indentation)
    {
        switch (node)
        {
            case SpecNode.Scalar scalar:
                AppendScalar(_json, scalar);
                break;
            case SpecNode.Sequence { Items.Count: 0 }:
                _json.Append("[]");
                break;
            case SpecNode.Mapping { Entries.Count: 0 }:
                _json.Append("{}");
                break;
            case SpecNode.Sequence { Items: var items }:
                for (int index = 0; index < items.Count; index++)
                {
                    _json.Append(index == 0 ? '[' : ',');
                    BreakLine(indentation + Layout.Step);
                    Write(items[index], indentation + Layout.Step);
                }

                BreakLine(indentation);
                _json.Append(']');
                break;
            case SpecNode.Mapping { Entries: var entries }:
                for (int index = 0; index < entries.Count; index++)
                {
                    _json.Append(index == 0 ? '{' : ',');
                    BreakLine(indentation + Layout.Step);
                    QuotedText.AppendJson(_json, entries[index].Key);
                    _json.Append(": ");
                    Write(entries[index].Value, indentation + Layout.Step);
                }

                BreakLine(indentation);
                _json.Append('}');
                break;
        }
    }

    private void Write(SpecNode node, int indentation)
    {
        int roomBeforeComma = Layout.Width - (_json.Length - _lineStart) - 1;
        _line.Clear();
        if (node is not SpecNode.Scalar && TryAppendToLine(node, roomBeforeComma, ObjectsInOneLine))
        {
            _json.Append(_line);
        }
        else
        {
            WriteBroken(node, indentation);
        }
    }

    // It gives up as soon as the line is full, so that trying costs little however long the list or the text is.
    private bool TryAppendToLine(SpecNode node, int room, int objects)
    {
        switch (node)
        {
            case SpecNode.Sequence { Items: var items }:
                _line.Append('[');
                for (int index = 0; index < items.Count; index++)
                {
                    _line.Append(index == 0 ? "" : ", ");
                    if (items[index] is SpecNode.Mapping || !TryAppendToLine(items[index], room, objects))
                    {
                        return false;
                    }
                }

                _line.Append(']');
                break;
            case SpecNode.Mapping when objects == 0:
                return false;
            case SpecNode.Mapping { Entries: var entries }:
                _line.Append('{');
                for (int index = 0; index < entries.Count; index++)
                {
                    var (key, value) = (entries[index].Key, entries[index].Value);
                    if (key.Length > room)
                    {
                        return false;
                    }

                    _line.Append(index == 0 ? "" : ", ");
                    QuotedText.AppendJson(_line, key);
                    _line.Append(": ");
                    if (!TryAppendToLine(value, room, objects - 1))
                    {
                        return false;
                    }
                }

                _line.Append('}');
                break;
            case SpecNode.Scalar { Text: var text } when text.Length > room:
                return false;
            case SpecNode.Scalar scalar:
                AppendScalar(_line, scalar);
                break;
        }

        return _line.Length <= room;
    }

    private static void AppendScalar(StringBuilder target, SpecNode.Scalar scalar)
    {
        if (Layout.WordFor(scalar) is { } word)
        {
            target.Append(word);
        }
        else
        {
            QuotedText.AppendJson(target, scalar.Text);
        }
    }

    private void BreakLine(int indentation)
    {
        _json.Append('\n');
        _lineStart = _json.Length;
        _json.Append(' ', indentation);
    }
}
