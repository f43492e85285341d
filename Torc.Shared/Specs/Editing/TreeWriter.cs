using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Writes one change of a tree as changes of its text, and leaves comments, commas, quotes and indentation as their author has them.</summary>
internal sealed class TreeWriter(SpecSyntax syntax, SpecNode root)
{
    private readonly string _text = syntax.Text;

    public List<TextChange> Write(TreeChange change)
    {
        var node = change.At.In(root) ?? throw new InvalidOperationException($"the document has no {change.At}");
        return (change, node) switch
        {
            (TreeChange.Replace replace, _) => Replace(replace, node),
            (TreeChange.AddKey add, SpecNode.Mapping mapping) => AddKey(add, mapping),
            (TreeChange.RenameKey rename, SpecNode.Mapping mapping) => RenameKey(rename, mapping),
            (TreeChange.RemoveKey remove, SpecNode.Mapping mapping) => RemoveKey(remove, mapping),
            (TreeChange.AddItem add, SpecNode.Sequence list) => AddItem(add, list),
            (TreeChange.RemoveItem remove, SpecNode.Sequence list) => RemoveItem(remove, list),
            _ => throw new InvalidOperationException($"what stands at {change.At} is of another kind"),
        };
    }

    private List<TextChange> Replace(TreeChange.Replace change, SpecNode node)
    {
        var (at, around) = PlaceOf(change.At, node);
        bool isInBrackets = IsInBrackets(change.At);
        var style = SpecStyle.Near(syntax, root, around ?? root);
        var writer = new SpecValueWriter(syntax, style, syntax.BreakAt(at.Start));
        if (node is SpecNode.Scalar was && change.Now is SpecNode.Scalar now)
        {
            if (change.Parts is { } parts && ReplaceParts(was, parts, writer, isInBrackets) is { } inside)
            {
                return inside;
            }

            // Behind a colon that nothing follows the value needs a space.
            bool isNothing = syntax.IsYaml && at.End == at.Start;
            var own = isNothing ? at : new TextSpan(node.At.Start, Math.Max(syntax.EndOf(node), node.At.Start));
            return InPlaceOf(own, (isNothing ? " " : "") + writer.InPlaceOf(own, now, isInBrackets));
        }

        if (syntax.IsKdl)
        {
            return [new TextChange(node.At.Start, node.At.End, writer.Line(change.Now))];
        }

        if (syntax.IsYaml && !isInBrackets && change.At is { Key: { } key, Parent: { } parent } && parent.In(root) is SpecNode.Mapping mapping)
        {
            var entry = mapping.Find(key)!.Value;
            int colon = syntax.AfterColon(entry);
            string written = writer.Entry(key, change.Now, syntax.Column(entry.KeyAt.Start), isInLines: true);
            string value = written[(written.IndexOf(':', Math.Max(0, entry.KeyAt.End - entry.KeyAt.Start - 2)) + 1)..];
            int end = Math.Max(colon, at.End);

            // A comment on the line of the key stays there when the value goes to lines of its own.
            bool isNoted = value[0] is '\r' or '\n' && syntax.RestOfLine(end) is { } rest && !string.IsNullOrWhiteSpace(_text[end..rest]);
            return isNoted ? [new TextChange(colon, end, ""), Insert(syntax.RestOfLine(end)!.Value, value)] : [new TextChange(colon, end, value)];
        }

        return [new TextChange(at.Start, at.End, writer.Line(change.Now))];
    }

    // A comment behind a value stays on its line when lines of text follow: they would take it for a part of them.
    private List<TextChange> InPlaceOf(TextSpan own, string written)
    {
        int lines = written.IndexOfAny(['\r', '\n']);
        bool isNoted = lines >= 0 && syntax.IsYaml && syntax.RestOfLine(own.End) is { } rest && !string.IsNullOrWhiteSpace(_text[own.End..rest]);
        return isNoted
            ? [new TextChange(own.Start, own.End, written[..lines]), Insert(syntax.RestOfLine(own.End)!.Value, written[lines..])]
            : [new TextChange(own.Start, own.End, written)];
    }

    // What is to be replaced may be hidden by escapes or folded lines; then the whole text is written anew.
    private List<TextChange>? ReplaceParts(SpecNode.Scalar was, IReadOnlyList<(string Was, string Now)> parts, SpecValueWriter writer, bool isInBrackets)
    {
        var changes = new List<TextChange>();
        int end = syntax.EndOf(was);
        foreach (var (part, now) in parts)
        {
            if (writer.Inside(was.At, now, isInBrackets) is not { } inside)
            {
                return null;
            }

            int expected = Count(was.Text, part);
            int found = 0;
            for (int at = was.At.Start; (at = _text.IndexOf(part, at, end - at, StringComparison.Ordinal)) >= 0; at += part.Length)
            {
                changes.Add(new TextChange(at, at + part.Length, inside));
                found++;
            }

            if (found != expected)
            {
                return null;
            }
        }

        changes.Sort((one, other) => one.Start.CompareTo(other.Start));
        return changes;
    }

    private static int Count(string text, string part)
    {
        int count = 0;
        for (int at = 0; (at = text.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
        {
            count++;
        }

        return count;
    }

    private List<TextChange> AddKey(TreeChange.AddKey change, SpecNode.Mapping mapping)
    {
        var style = SpecStyle.Near(syntax, root, mapping);
        bool isInBrackets = IsInBrackets(change.At) || syntax.IsBracketed(mapping);
        int before = change.Before is null ? -1 : mapping.Entries.Take(mapping.OwnEntries).ToList().FindIndex(entry => entry.Key == change.Before);
        if (syntax.IsKdl)
        {
            var next = mapping.Entries[before < 0 ? mapping.Entries.Count - 1 : before].KeyAt;
            bool isOwnLine = syntax.IsFirstOnLine(next.Start);
            string entry = new SpecValueWriter(syntax, style, "\n").Entry(change.Key, change.Value, "", isInLines: false);
            return [Insert(next.Start, $"{entry}{(isOwnLine ? syntax.BreakAt(next.Start) + syntax.Indentation(next.Start) : "; ")}")];
        }

        var entries = syntax.Entries(mapping);
        if (syntax.IsBracketed(mapping))
        {
            return AddInBrackets(mapping, entries, before, style, (writer, indentation) => writer.Entry(change.Key, change.Value, indentation, isInLines: false));
        }

        string column = syntax.Column(mapping.Entries[0].KeyAt.Start);
        string newLine = syntax.BreakAt(mapping.Entries[0].KeyAt.Start);
        string written = new SpecValueWriter(syntax, style, newLine).Entry(change.Key, change.Value, column, isInLines: !isInBrackets);
        if (before == 0)
        {
            return [Insert(entries[0].Start, $"{written}{newLine}{column}")];
        }

        int end = syntax.LineEnd(before < 0 ? syntax.EndOf(mapping) : entries[before - 1].End);
        return [Insert(end, $"{newLine}{column}{written}")];
    }

    private List<TextChange> AddItem(TreeChange.AddItem change, SpecNode.Sequence list)
    {
        var style = SpecStyle.Near(syntax, root, list);
        var items = syntax.Items(list);
        if (syntax.IsBracketed(list))
        {
            bool isLong = change.Value is SpecNode.Mapping && (items.Count == 0 ? change.IsLong : _text.AsSpan(items[^1].Start, items[^1].End - items[^1].Start).Contains('\n'));
            if (items.Count == 0 && syntax.IsYaml && !IsInBrackets(change.At) && change.Value is SpecNode.Mapping)
            {
                return Replace(new TreeChange.Replace(change.At, new SpecNode.Sequence(default, [change.Value])), list);
            }

            return AddInBrackets(list, items, -1, style, (writer, indentation) => isLong && indentation is not null ? writer.Lines(change.Value, indentation) : writer.Line(change.Value));
        }

        int dash = items[^1].Start;
        string column = syntax.Column(dash);
        string newLine = syntax.BreakAt(dash);
        int first = list.Items[^1].At.Start;
        string gap = first > dash && first < items[^1].End && syntax.LineStart(first) == syntax.LineStart(dash) && string.IsNullOrWhiteSpace(_text[(dash + 1)..first])
            ? _text[(dash + 1)..first]
            : " ";
        var writer = new SpecValueWriter(syntax, style, newLine);
        string written = syntax.IsBracketed(list.Items[^1]) ? writer.Line(change.Value) : writer.Block(change.Value, column + new string(' ', 1 + gap.Length));
        bool hasEmptyLine = items.Count > 1 && syntax.HasEmptyLine(items[^2].End, items[^1].Start);
        return [Insert(syntax.LineEnd(items[^1].End), $"{newLine}{(hasEmptyLine ? newLine : "")}{column}-{gap}{written}")];
    }

    // Behind the last part of a list or object in brackets, or before another one.
    private List<TextChange> AddInBrackets(
        SpecNode around, List<TextSpan> parts, int before, SpecStyle style, Func<SpecValueWriter, string?, string> write)
    {
        int open = around.At.Start;
        int close = around.End - 1;
        string newLine = syntax.BreakAt(parts.Count == 0 ? open : parts[^1].Start);
        var writer = new SpecValueWriter(syntax, style, newLine);
        if (parts.Count == 0)
        {
            return [AddToEmpty(around, style, newLine, indentation => write(writer, indentation))];
        }

        if (before >= 0)
        {
            int next = parts[before].Start;
            bool isOwnLine = syntax.IsFirstOnLine(next);
            string? column = isOwnLine ? syntax.Indentation(next) : null;
            int comma = before == 0 ? next : syntax.AfterComma(parts[before - 1].End);
            return isOwnLine && before > 0 && syntax.RestOfLine(comma) is { } rest
                ? [Insert(rest, $"{newLine}{column}{write(writer, column)},")]
                : [Insert(next, $"{write(writer, column)},{(isOwnLine ? newLine + column : " ")}")];
        }

        var last = parts[^1];
        int afterComma = syntax.AfterComma(last.End);
        bool hasComma = afterComma > last.End;
        if (!syntax.IsFirstOnLine(last.Start))
        {
            string line = write(writer, null);
            return [hasComma ? Insert(afterComma, $" {line}{(syntax.RestOfLine(afterComma) is null ? "" : ",")}") : Insert(last.End, $", {line}")];
        }

        string indentation = syntax.Indentation(last.Start);
        string empty = parts.Count > 1 && syntax.HasEmptyLine(parts[^2].End, last.Start) ? newLine : "";
        string added = $"{newLine}{empty}{indentation}{write(writer, indentation)}";
        int tail = syntax.RestOfLine(afterComma) ?? afterComma;
        return hasComma ? [Insert(tail, $"{added},")]
            : tail == last.End ? [Insert(tail, $",{added}")]
            : [Insert(last.End, ","), Insert(tail, added)];
    }

    // A first object gets a line of its own, unless the whole document stands on one.
    private TextChange AddToEmpty(SpecNode around, SpecStyle style, string newLine, Func<string?, string> write)
    {
        int open = around.At.Start;
        int close = around.End - 1;
        string line = write(null);
        bool isInLines = _text.AsSpan(open, close - open).Contains('\n') || (line.StartsWith('{') && _text.AsSpan(root.At.Start, Math.Max(0, open - root.At.Start)).Contains('\n'));
        bool hasComment = syntax.HasComment(open + 1, close);
        if (!isInLines)
        {
            string padding = style.IsPadded && around is SpecNode.Mapping ? " " : "";
            return hasComment ? Insert(close, $" {line} ") : new TextChange(open + 1, close, $"{padding}{line}{padding}");
        }

        string outer = syntax.Indentation(open);
        string indentation = outer + style.Step;
        string comma = style.HasLastComma ? "," : "";
        return !hasComment ? new TextChange(open + 1, close, $"{newLine}{indentation}{write(indentation)}{comma}{newLine}{outer}")
            : syntax.IsFirstOnLine(close) ? Insert(syntax.LineStart(close), $"{indentation}{write(indentation)}{comma}{newLine}")
            : Insert(close, $" {line} ");
    }

    private List<TextChange> RenameKey(TreeChange.RenameKey change, SpecNode.Mapping mapping)
    {
        var key = mapping.Find(change.Key)!.Value.KeyAt;
        var writer = new SpecValueWriter(syntax, SpecStyle.Near(syntax, root, mapping), syntax.BreakAt(key.Start));
        return [new TextChange(key.Start, key.End, writer.Key(change.To))];
    }

    private List<TextChange> RemoveKey(TreeChange.RemoveKey change, SpecNode.Mapping mapping)
    {
        int index = mapping.Entries.Take(mapping.OwnEntries).ToList().FindIndex(entry => entry.Key == change.Key);
        if (index < 0 || syntax.IsKdl)
        {
            return [];
        }

        var entries = syntax.Entries(mapping);
        if (syntax.IsBracketed(mapping))
        {
            return RemoveInBrackets(mapping, entries, index);
        }

        if (mapping.Entries.Count == 1)
        {
            return RemoveLast(change.At, entries[0], "{}");
        }

        if (syntax.IsFirstOnLine(entries[index].Start) || index + 1 >= entries.Count)
        {
            return [WholeLines(entries[index])];
        }

        // The first key stands behind a dash, which then belongs to the next one.
        return [syntax.HasComment(entries[index].End, entries[index + 1].Start)
            ? new TextChange(entries[index].Start - 1, entries[index].End, "")
            : new TextChange(entries[index].Start, entries[index + 1].Start, "")];
    }

    private List<TextChange> RemoveItem(TreeChange.RemoveItem change, SpecNode.Sequence list)
    {
        var items = syntax.Items(list);
        if (syntax.IsBracketed(list))
        {
            return RemoveInBrackets(list, items, change.Index);
        }

        if (items.Count == 1)
        {
            return RemoveLast(change.At, items[0], "[]");
        }

        return [syntax.IsFirstOnLine(items[change.Index].Start) || change.Index + 1 >= items.Count
            ? WholeLines(items[change.Index])
            : new TextChange(items[change.Index].Start, items[change.Index + 1].Start, "")];
    }

    // A list or object in lines of YAML that is empty would be none.
    private List<TextChange> RemoveLast(SpecPath path, TextSpan part, string empty) =>
        path is { Key: { } key, Parent: { } parent } && parent.In(root) is SpecNode.Mapping around && around.Find(key) is { } entry
            ? [Insert(syntax.AfterColon(entry), $" {empty}"), WholeLines(part)]
            : [new TextChange(part.Start, part.End, empty)];

    private List<TextChange> RemoveInBrackets(SpecNode around, List<TextSpan> parts, int index)
    {
        var part = parts[index];
        int open = around.At.Start;
        int close = around.End - 1;
        int afterComma = syntax.AfterComma(part.End);
        bool hasComma = afterComma > part.End;
        bool isLast = index == parts.Count - 1;
        bool isOnOwnLines = syntax.IsFirstOnLine(part.Start) && syntax.RestOfLine(afterComma) is not null;
        if (parts.Count == 1 && string.IsNullOrWhiteSpace(_text[(open + 1)..part.Start]) && string.IsNullOrWhiteSpace(_text[afterComma..close]))
        {
            return [new TextChange(open + 1, close, "")];
        }

        // A comma before it would be the last, and that where there was none.
        int commaBefore = isLast && index > 0 && !hasComma ? syntax.AfterComma(parts[index - 1].End) : 0;
        if (isOnOwnLines)
        {
            var lines = WholeLines(new TextSpan(part.Start, afterComma));
            return commaBefore == 0 ? [lines] : [new TextChange(commaBefore - 1, commaBefore, ""), lines];
        }

        if (isLast)
        {
            int end = hasComma ? afterComma : part.End;
            int start = index == 0 ? open + 1 : hasComma ? syntax.AfterComma(parts[index - 1].End) : commaBefore - 1;
            return syntax.HasComment(start, part.Start)
                ? commaBefore == 0 ? [new TextChange(part.Start, end, "")] : [new TextChange(commaBefore - 1, commaBefore, ""), new TextChange(part.Start, end, "")]
                : [new TextChange(index == 0 ? part.Start : start, end, "")];
        }

        int next = parts[index + 1].Start;
        return syntax.HasComment(afterComma, next) || syntax.IsFirstOnLine(next)
            ? [new TextChange(index > 0 && !syntax.IsFirstOnLine(part.Start) ? BackOverSpaces(part.Start) : part.Start, afterComma, "")]
            : [new TextChange(part.Start, next, "")];
    }

    private int BackOverSpaces(int at)
    {
        while (at > 0 && _text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at;
    }

    // With the comment behind it; of two empty lines around it one stays.
    private TextChange WholeLines(TextSpan part)
    {
        int start = syntax.LineStart(part.Start);
        int lineEnd = syntax.RestOfLine(part.End) ?? syntax.LineEnd(part.End);
        int end = syntax.AfterBreak(lineEnd);
        int before = EmptyLineBefore(start);
        bool isEmptyBehind = end >= _text.Length || syntax.AfterBreak(syntax.LineEnd(end)) is var behind && _text.AsSpan(end, behind - end).IsWhiteSpace();
        if (end == lineEnd && start > 0)
        {
            // The last line has no line break of its own.
            start = before < start ? before : start;
            return new TextChange(Math.Max(0, start - (start > 1 && _text[start - 2] == '\r' ? 2 : 1)), end, "");
        }

        return new TextChange(isEmptyBehind ? before : start, end, "");
    }

    private int EmptyLineBefore(int start)
    {
        if (start < 2)
        {
            return start;
        }

        int before = syntax.LineStart(start - 1);
        return _text.AsSpan(before, start - before).IsWhiteSpace() ? before : start;
    }

    private (TextSpan At, SpecNode? Around) PlaceOf(SpecPath path, SpecNode node)
    {
        if (syntax.IsKdl)
        {
            return (node.At, null);
        }

        return path.Parent?.In(root) switch
        {
            SpecNode.Mapping mapping => (syntax.ValueOf(mapping.Find(path.Key!)!.Value), mapping),
            SpecNode.Sequence list => (ItemValue(list, path.Index, node), list),
            _ => (new TextSpan(node.At.Start, syntax.EndOf(node)), null),
        };
    }

    private TextSpan ItemValue(SpecNode.Sequence list, int index, SpecNode node)
    {
        if (syntax.IsBracketed(list))
        {
            return syntax.Items(list)[index];
        }

        return new TextSpan(node.At.Start, Math.Max(node.At.Start, syntax.EndOf(node)));
    }

    private bool IsInBrackets(SpecPath path)
    {
        if (!syntax.IsYaml)
        {
            return true;
        }

        for (var link = path.Parent; link is not null; link = link.Parent)
        {
            if (link.In(root) is { } around && syntax.IsBracketed(around))
            {
                return true;
            }
        }

        return false;
    }

    private static TextChange Insert(int at, string now) => new(at, at, now);
}
