using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Writing;

/// <summary>Writes a tree as YAML for people: everything in blocks, only short lists of words and numbers in brackets.</summary>
internal sealed class YamlNodeWriter
{
    // A parser looks for the colon after a key within 1,024 characters.
    private const int MaxKeyLength = 1000;

    private readonly StringBuilder _yaml = new();
    private readonly StringBuilder _line = new();
    private int _lineStart;

    // A block that keeps the line breaks at its end would take any empty line that follows it for its own.
    private (int Start, string Text)? _openBlock;

    private YamlNodeWriter()
    {
    }

    /// <param name="root">Not nested deeper than a document may be: writing is recursive.</param>
    /// <returns>Text that ends with one line break.</returns>
    public static string Write(SpecNode root)
    {
        var writer = new YamlNodeWriter();
        writer.WriteRoot(root);
        if (writer._openBlock is { } open)
        {
            // Files lose empty lines at their end too easily.
            writer._yaml.Length = open.Start;
            QuotedText.AppendYaml(writer._yaml, open.Text);
            writer.EndLine();
        }

        return writer._yaml.ToString();
    }

    private void WriteRoot(SpecNode root)
    {
        switch (root)
        {
            case SpecNode.Scalar scalar:
                AppendScalar(_yaml, scalar, YamlPlace.Value);
                EndLine();
                break;
            case SpecNode.Sequence { Items.Count: 0 } or SpecNode.Mapping { Entries.Count: 0 }:
                _yaml.Append(root is SpecNode.Sequence ? "[]" : "{}");
                EndLine();
                break;
            case SpecNode.Mapping { Entries: var entries }:
                for (int index = 0; index < entries.Count; index++)
                {
                    if (index > 0 && _openBlock is null && (IsListOfObjects(entries[index - 1].Value) || IsListOfObjects(entries[index].Value)))
                    {
                        EndLine();
                    }

                    WriteEntry(entries[index], indentation: 0);
                }

                break;
            default:
                WriteBlock(root, indentation: 0);
                break;
        }
    }

    // A list or object that is not empty; the indentation of its first line is already written.
    private void WriteBlock(SpecNode node, int indentation)
    {
        switch (node)
        {
            case SpecNode.Sequence { Items: var items }:
                for (int index = 0; index < items.Count; index++)
                {
                    _yaml.Append(' ', index == 0 ? 0 : indentation).Append('-');
                    if (!TryWriteOnLine(items[index], indentation))
                    {
                        _yaml.Append(' ');
                        WriteBlock(items[index], indentation + Layout.Step);
                    }
                }

                break;
            case SpecNode.Mapping { Entries: var entries }:
                for (int index = 0; index < entries.Count; index++)
                {
                    _yaml.Append(' ', index == 0 ? 0 : indentation);
                    WriteEntry(entries[index], indentation);
                }

                break;
        }
    }

    private void WriteEntry(SpecEntry entry, int indentation)
    {
        _line.Clear();
        YamlText.Append(_line, entry.Key, YamlPlace.Key);
        if (_line.Length > MaxKeyLength)
        {
            _yaml.Append("? ").Append(_line);
            EndLine();
            _yaml.Append(' ', indentation);
        }
        else
        {
            _yaml.Append(_line);
        }

        _yaml.Append(':');
        if (!TryWriteOnLine(entry.Value, indentation))
        {
            EndLine();
            _yaml.Append(' ', indentation + Layout.Step);
            WriteBlock(entry.Value, indentation + Layout.Step);
        }
    }

    // Everything but a list or object that needs lines of its own, which is left to do.
    private bool TryWriteOnLine(SpecNode node, int indentation)
    {
        switch (node)
        {
            case SpecNode.Sequence { Items.Count: 0 }:
                _yaml.Append(" []");
                break;
            case SpecNode.Mapping { Entries.Count: 0 }:
                _yaml.Append(" {}");
                break;
            case SpecNode.Sequence list when TryPutOnLine(list, room: Layout.Width - (_yaml.Length - _lineStart) - 1):
                _yaml.Append(' ').Append(_line);
                break;
            case SpecNode.Scalar { Text: var text } scalar when Layout.WordFor(scalar) is null && YamlText.BlockHeader(text) is { } header:
                WriteLiteral(header, text, indentation + Layout.Step);
                return true;
            case SpecNode.Scalar scalar:
                _yaml.Append(' ');
                AppendScalar(_yaml, scalar, YamlPlace.Value);
                break;
            default:
                return false;
        }

        _openBlock = null;
        EndLine();
        return true;
    }

    private void WriteLiteral(string header, string text, int indentation)
    {
        _yaml.Append(' ');
        _openBlock = header.EndsWith('+') ? (_yaml.Length, text) : null;
        _yaml.Append(header);
        EndLine();
        var lines = QuotedText.WellFormed(text).AsSpan();
        lines = lines is [.. var withoutLast, '\n'] ? withoutLast : lines;
        foreach (var range in lines.Split('\n'))
        {
            var line = lines[range];
            _yaml.Append(' ', line.IsEmpty ? 0 : indentation).Append(line);
            EndLine();
        }
    }

    // It gives up as soon as the line is full, so that trying costs little however long the list or the text is.
    private bool TryPutOnLine(SpecNode.Sequence list, int room)
    {
        _line.Clear();
        for (int index = 0; index < list.Items.Count; index++)
        {
            if (list.Items[index] is not SpecNode.Scalar item || item.Text.Length > room || item.Text.Contains('\n'))
            {
                return false;
            }

            _line.Append(index == 0 ? "[" : ", ");
            AppendScalar(_line, item, YamlPlace.InBrackets);
            if (_line.Length >= room)
            {
                return false;
            }
        }

        _line.Append(']');
        return true;
    }

    private static bool IsListOfObjects(SpecNode node) => node is SpecNode.Sequence { Items: var items } && items.Any(item => item is SpecNode.Mapping);

    private static void AppendScalar(StringBuilder target, SpecNode.Scalar scalar, YamlPlace place)
    {
        if (Layout.WordFor(scalar) is { } word)
        {
            target.Append(word);
        }
        else
        {
            YamlText.Append(target, scalar.Text, place);
        }
    }

    private void EndLine()
    {
        _yaml.Append('\n');
        _lineStart = _yaml.Length;
    }
}
