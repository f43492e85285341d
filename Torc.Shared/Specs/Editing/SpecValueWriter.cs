using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Writing;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>Writes values for a place in the text of a document, in the style of what stands there.</summary>
/// <param name="newLine">The line break to use.</param>
internal sealed class SpecValueWriter(SpecSyntax syntax, SpecStyle style, string newLine)
{
    /// <summary>A key with its colon and its value.</summary>
    /// <param name="indentation">Of the line that the key stands on; null to stay on it.</param>
    /// <param name="isInLines">Whether YAML may write the value in lines of their own.</param>
    public string Entry(string key, SpecNode value, string? indentation, bool isInLines)
    {
        if (syntax.IsKdl)
        {
            return $"{key} {Line(value)}";
        }

        string name = Key(key);
        if (indentation is null || !isInLines || !syntax.IsYaml)
        {
            return $"{name}: {(indentation is not null && NeedsLines(value) ? Lines(value, indentation) : Line(value))}";
        }

        return value switch
        {
            SpecNode.Scalar scalar => $"{name}:{BlockScalar(scalar, indentation + style.Step)}",
            SpecNode.Sequence { Items.Count: > 0 } or SpecNode.Mapping { Entries.Count: > 0 } when NeedsLines(value) || (value is SpecNode.Mapping ? style.ObjectsInLines : style.ListsInLines) =>
                $"{name}:{newLine}{ChildIndentation(value, indentation)}{Block(value, ChildIndentation(value, indentation))}",
            _ => $"{name}: {Line(value)}",
        };
    }

    /// <summary>A value in the lines of YAML; the first line is indented already.</summary>
    public string Block(SpecNode value, string indentation) => value switch
    {
        SpecNode.Sequence { Items.Count: > 0 } list => string.Join(
            $"{newLine}{indentation}", list.Items.Select(item => item is SpecNode.Scalar scalar ? $"-{BlockScalar(scalar, indentation + "  ")}" : $"- {Block(item, indentation + "  ")}")),
        SpecNode.Mapping { Entries.Count: > 0 } mapping => string.Join(
            $"{newLine}{indentation}", mapping.Entries.Select(entry => Entry(entry.Key, entry.Value, indentation, isInLines: true))),
        _ => Line(value),
    };

    /// <summary>A value in brackets, its parts on lines of their own.</summary>
    public string Lines(SpecNode value, string indentation)
    {
        string inner = indentation + style.Step;
        string comma = style.HasLastComma && !syntax.IsJson ? "," : "";
        return value switch
        {
            SpecNode.Mapping { Entries.Count: > 0 } mapping =>
                $"{{{newLine}{inner}{string.Join($",{newLine}{inner}", mapping.Entries.Select(entry => Entry(entry.Key, entry.Value, inner, isInLines: false)))}{comma}{newLine}{indentation}}}",
            SpecNode.Sequence { Items.Count: > 0 } list =>
                $"[{newLine}{inner}{string.Join($",{newLine}{inner}", list.Items.Select(item => NeedsLines(item) ? Lines(item, inner) : Line(item)))}{comma}{newLine}{indentation}]",
            _ => Line(value),
        };
    }

    /// <summary>A value on one line.</summary>
    public string Line(SpecNode value) => value switch
    {
        SpecNode.Sequence { Items: var items } => $"[{Padded(string.Join(", ", items.Select(Line)), isPadded: false)}]",
        SpecNode.Mapping { Entries: var entries } when syntax.IsKdl => $"{{ {string.Join("; ", entries.Select(entry => $"{entry.Key} {Line(entry.Value)}"))} }}",
        SpecNode.Mapping { Entries: var entries } => $"{{{Padded(string.Join(", ", entries.Select(entry => $"{Key(entry.Key)}: {Line(entry.Value)}")), style.IsPadded)}}}",
        SpecNode.Scalar scalar => Scalar(scalar, style.TextQuote, YamlPlace.InBrackets),
        _ => throw new InvalidOperationException($"{value.GetType()} is no kind of value"),
    };

    /// <summary>Another value in the place of one that is no list or object, in quotes like those that it had.</summary>
    /// <param name="at">Where that stands.</param>
    public string InPlaceOf(TextSpan at, SpecNode.Scalar now, bool isInBrackets)
    {
        char first = at.End > at.Start ? syntax.Text[at.Start] : '\0';
        string noted = syntax.IsYaml && first is '|' or '>' ? Noted(at.Start + 1) : "";
        if (syntax.IsYaml && !isInBrackets && now.Kind == ScalarKind.Text && (first is '|' or '>' || now.Text.Contains('\n')) && YamlText.BlockHeader(now.Text) is { } header)
        {
            string indentation = first is '|' or '>' && FirstLineOf(at) is { } line ? syntax.Indentation(line) : syntax.Indentation(at.Start) + style.Step;
            return Literal(header, noted, now.Text, indentation);
        }

        return Scalar(now, first is '"' or '\'' ? first : syntax.IsYaml ? '\0' : style.TextQuote, isInBrackets ? YamlPlace.InBrackets : YamlPlace.Value) + noted;
    }

    /// <summary>A part of a text as it stands in quotes of that kind; null if it cannot stand there.</summary>
    public string? Inside(TextSpan at, string part, bool isInBrackets) => (syntax.IsYaml, syntax.PeekAt(at.Start)) switch
    {
        (false, '"' or '\'') => Quoted(part, syntax.PeekAt(at.Start))[1..^1],
        (true, '"') => Quoted(part, '"')[1..^1],
        (true, '\'') when QuotedText.IsLine(part) => part.Replace("'", "''", StringComparison.Ordinal),
        (true, '|' or '>') when QuotedText.IsLine(part) => part,
        (true, not '\'') when QuotedText.IsLine(part) && Plain($"x{part}x", isInBrackets) => part,
        _ => null,
    };

    private static bool Plain(string text, bool isInBrackets)
    {
        var written = new StringBuilder();
        YamlText.Append(written, text, isInBrackets ? YamlPlace.InBrackets : YamlPlace.Value);
        return written.Length == text.Length;
    }

    // The comment behind the sign with which the lines of a text begin.
    private string Noted(int at)
    {
        while (syntax.PeekAt(at) is '+' or '-' or (>= '0' and <= '9'))
        {
            at++;
        }

        return syntax.Text[at..syntax.LineEnd(at)].TrimEnd();
    }

    private int? FirstLineOf(TextSpan at)
    {
        int line = syntax.AfterBreak(syntax.LineEnd(at.Start));
        while (line < at.End && syntax.RestOfLine(line) is { } end && syntax.Text.AsSpan(line, end - line).IsWhiteSpace())
        {
            int next = syntax.AfterBreak(end);
            if (next == end)
            {
                return null;
            }

            line = next;
        }

        return line < at.End ? line : null;
    }

    private string BlockScalar(SpecNode.Scalar scalar, string indentation) =>
        scalar.Kind == ScalarKind.Text && YamlText.BlockHeader(scalar.Text) is { } header
            ? $" {Literal(header, "", scalar.Text, indentation)}"
            : $" {Scalar(scalar, style.TextQuote, YamlPlace.Value)}";

    // The header counts the blanks of indentation where the text itself begins with one.
    private string Literal(string header, string noted, string text, string indentation)
    {
        string first = header.Replace("2", indentation.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        string[] lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        return $"{first}{noted}{newLine}{string.Join(newLine, lines.Select(line => line.Length == 0 ? "" : indentation + line))}";
    }

    /// <summary>A key as others beside it are written.</summary>
    public string Key(string key)
    {
        if (syntax.IsYaml && style.KeyQuote == '\0')
        {
            var written = new StringBuilder();
            YamlText.Append(written, key, YamlPlace.Key);
            return written.ToString();
        }

        bool isBare = style.KeyQuote == '\0' && key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '$');
        return isBare ? key : Quoted(key, style.KeyQuote == '\0' ? style.TextQuote == '\0' ? '"' : style.TextQuote : style.KeyQuote);
    }

    private string Scalar(SpecNode.Scalar scalar, char quote, YamlPlace place)
    {
        if (Layout.WordFor(scalar) is { } word)
        {
            return word;
        }

        if (quote != '\0')
        {
            return Quoted(scalar.Text, quote);
        }

        var written = new StringBuilder();
        YamlText.Append(written, scalar.Text, place);
        return written.ToString();
    }

    private string Quoted(string text, char quote)
    {
        var quoted = new StringBuilder();
        if (syntax.IsYaml && quote == '\'' && QuotedText.IsLine(text))
        {
            return $"'{QuotedText.WellFormed(text).Replace("'", "''", StringComparison.Ordinal)}'";
        }

        if (syntax.IsYaml)
        {
            QuotedText.AppendYaml(quoted, text);
            return quoted.ToString();
        }

        QuotedText.AppendJson(quoted, text);
        return quote == '\''
            ? $"'{quoted.ToString()[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"
            : quoted.ToString();
    }

    // YAML may write a list on the column of its key.
    private string ChildIndentation(SpecNode value, string indentation) => indentation + (value is SpecNode.Sequence ? style.ListStep : style.Step);

    // A list of objects, or an object of many things, is not read on one line.
    private static bool NeedsLines(SpecNode value) => value is SpecNode.Sequence { Items: [SpecNode.Mapping, ..] };

    private static string Padded(string inside, bool isPadded) => isPadded && inside.Length > 0 ? $" {inside} " : inside;
}
