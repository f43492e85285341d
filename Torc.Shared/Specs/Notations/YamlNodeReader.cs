using System.Buffers;
using System.Globalization;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Torc.Shared.Specs.Notations;

/// <summary>
/// Reads YAML from its events, keeping where each value stands. Nothing is recursive, and the limits are kept while reading:
/// the parser's own time grows with the square of the nesting, so a deep document must be left early.
/// </summary>
internal sealed class YamlNodeReader
{
    private static readonly SearchValues<char> EndsWord = SearchValues.Create(" \r\n\t");
    private static readonly SearchValues<char> EndsTag = SearchValues.Create(" \r\n\t,]}");

    private readonly SpecProblems _problems;
    private readonly string _text;
    private readonly YamlLineEnds _lineEnds;
    private readonly Parser _parser;
    private readonly NodeBudget _budget = new();
    private readonly SpecPathTracker _path = new();
    private readonly KeyPool _keys = new();
    private readonly Dictionary<string, Anchored> _anchors = [];
    private readonly Stack<Frame> _open = new();
    private int _aliases;
    private int _readTo;
    private int _saidTo;

    private YamlNodeReader(SpecProblems problems)
    {
        _problems = problems;
        _text = problems.Text.Text;
        _lineEnds = new YamlLineEnds(_text);
        _parser = new Parser(new StringReader(_lineEnds.Parsed));
    }

    /// <returns>Null if the text is not YAML, or YAML that a spec may not use; the problems then say why. Also null if it is empty.</returns>
    public static SpecNode? Read(SpecProblems problems) => new YamlNodeReader(problems).ReadDocument();

    private SpecNode? ReadDocument()
    {
        if (_lineEnds.Unreadable is { } unreadable)
        {
            return Fail(
                DiagnosticCodes.YamlFeature, new TextSpan(unreadable, unreadable + 1), $"{Quoting.Name(new Rune(_text[unreadable]))} cannot stand in a YAML text that has U+FDD0 too",
                "remove one of them");
        }

        SpecNode? root = null;
        int documents = 0;
        while (TryMoveNext())
        {
            var parsed = _parser.Current!;
            _readTo = Offset(parsed.End);
            _saidTo = SaidBy(parsed) ?? _saidTo;
            switch (parsed)
            {
                case StreamStart or DocumentEnd:
                    break;
                case StreamEnd:
                    return root is SpecNode.Scalar { Kind: ScalarKind.Null, Text: "" } ? null : root;
                case DocumentStart when ++documents > 1:
                    return Fail(DiagnosticCodes.YamlFeature, Here(parsed), "a second document begins here", "write one workflow per file");
                case DocumentStart:
                    break;
                default:
                    if (!TryTake(parsed, out var finished))
                    {
                        return null;
                    }

                    root = finished ?? root;
                    break;
            }
        }

        return null;
    }

    // True as long as the text is in order; finished is the root once it is complete.
    private bool TryTake(ParsingEvent parsed, out SpecNode? finished)
    {
        finished = null;
        switch (parsed)
        {
            case NodeEvent node when !node.Tag.IsEmpty && !IsPlainTag(node):
                Fail(
                    DiagnosticCodes.YamlFeature, TagAt(node),
                    YamlTags.IsCore(node.Tag) ? $"the tag {YamlTags.Short(node.Tag)} does not fit its value" : $"tags are not allowed ({Quoting.Shorten(_lineEnds.Restore(node.Tag.Value))})",
                    "remove the tag; a text can be put in quotes");
                return false;
            case Scalar key when _open.TryPeek(out var frame) && frame.WantsKey:
                frame.TakeKey(_keys.Get(_lineEnds.Restore(key.Value)), SpanOf(key), isMerge: key is { Value: "<<", Style: ScalarStyle.Plain }, _path);
                return true;
            case AnchorAlias or MappingStart or SequenceStart when _open.TryPeek(out var frame) && frame.WantsKey:
                Fail(DiagnosticCodes.Syntax, Here(parsed), "a key must be a text", "write  key: value");
                return false;
            case Scalar scalar:
                finished = new SpecNode.Scalar(SpanOf(scalar), YamlScalars.KindOf(scalar), _lineEnds.Restore(scalar.Value));
                return TrySpend(scalar) && TryClose(ref finished, scalar.Anchor, size: 1, height: 0);
            case AnchorAlias alias:
                return TryExpand(alias, out finished);
            case MappingStart or SequenceStart:
                return TryOpen((NodeEvent)parsed);
            case MappingEnd or SequenceEnd:
                var ended = _open.Pop();
                _path.Leave();
                finished = ended.Finish(_budget.RepeatsLeft, _saidTo);
                return TryRepeat(ended.Merged, parsed) && TryClose(ref finished, ended.Anchor, 1 + _budget.Spent - ended.SpentBefore, ended.Height);
            default:
                return true;
        }
    }

    private bool TryOpen(NodeEvent start)
    {
        if (_open.Count == SpecLimits.Depth)
        {
            FailDeep(Here(start));
            return false;
        }

        if (!TrySpend(start))
        {
            return false;
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = new Anchored(Node: null, Size: 0, Height: 0);
        }

        _open.Push(new Frame(_problems, start is MappingStart, Here(start), start.Anchor, _budget.Spent));
        _path.Enter();
        _open.Peek().TellPath(_path);
        return true;
    }

    private bool TryExpand(AnchorAlias alias, out SpecNode? finished)
    {
        finished = null;
        var at = SpanOf(alias);
        string name = _lineEnds.Restore(alias.Value.Value);
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            Fail(
                DiagnosticCodes.YamlFeature, at, $"no anchor {Quoting.Quote(name)} stands before this alias",
                $"write &{Quoting.Shorten(name)} before the value that is meant");
            return false;
        }

        if (anchored.Node is null)
        {
            Fail(DiagnosticCodes.YamlFeature, at, $"the alias {Quoting.Quote(name)} stands inside its own anchor", help: null);
            return false;
        }

        if (++_aliases > SpecLimits.Aliases)
        {
            Fail(DiagnosticCodes.Limit, at, $"aliases are used more than {SpecLimits.Aliases.ToString("N0", CultureInfo.InvariantCulture)} times", help: null);
            return false;
        }

        if (_open.Count + anchored.Height > SpecLimits.Depth)
        {
            FailDeep(at);
            return false;
        }

        finished = anchored.Node;
        return TryRepeat(anchored.Size, alias) && TryClose(ref finished, AnchorName.Empty, anchored.Size, anchored.Height);
    }

    // Gives a value to the list or object around it; what is left over is the root.
    private bool TryClose(ref SpecNode? node, AnchorName anchor, int size, int height)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = new Anchored(node, size, height);
        }

        if (!_open.TryPeek(out var around))
        {
            return true;
        }

        bool taken = around.TryTakeValue(node!, height, _path);
        node = null;
        return taken;
    }

    private bool TrySpend(ParsingEvent parsed) =>
        _budget.TrySpend() || FailLarge(parsed, $"the document has more than {SpecLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture)} values");

    private bool TryRepeat(int nodes, ParsingEvent parsed) =>
        _budget.TryRepeat(nodes)
        || FailLarge(parsed, $"the document expands to more than {SpecLimits.RepeatedNodes.ToString("N0", CultureInfo.InvariantCulture)} values");

    private bool FailLarge(ParsingEvent parsed, string message)
    {
        Fail(DiagnosticCodes.Limit, Here(parsed), message, help: null);
        return false;
    }

    // The parser also gives up with exceptions that are not its own: "a: [1, 2" followed by "b: 3" is one that ends so.
    private bool TryMoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (YamlException refused)
        {
            Explain(refused);
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            Explain(refused: null);
        }

        return false;
    }

    private void Explain(YamlException? refused)
    {
        TextSpan? bracket = _open.TryPeek(out var inner) && inner.At.Start < _text.Length && _text[inner.At.Start] is '[' or '{' ? inner!.At : null;
        var (at, message, help) = YamlMistakes.Explain(_text, refused, _readTo, bracket);
        Fail(DiagnosticCodes.Syntax, at, message, help);
    }

    // "!" alone says that a plain text is a text; the parser gives it to quoted texts by itself.
    private static bool IsPlainTag(NodeEvent node) =>
        (node is Scalar { IsQuotedImplicit: true, IsPlainImplicit: false } && node.Tag.IsNonSpecific) || YamlTags.Fits(node);

    private TextSpan TagAt(NodeEvent node)
    {
        var at = new TextSpan(Offset(node.Start), Math.Max(Offset(node.End), Offset(node.Start)));
        int tag = _text.IndexOf('!', at.Start);
        if (tag < 0)
        {
            return at;
        }

        int end = _text.AsSpan(tag).IndexOfAny(EndsTag);
        return new TextSpan(tag, end < 0 ? _text.Length : tag + end);
    }

    private void FailDeep(TextSpan at) => Fail(DiagnosticCodes.Limit, at, $"nested deeper than {SpecLimits.Depth} levels", help: null);

    private SpecNode? Fail(string code, TextSpan at, string message, string? help)
    {
        _problems.Error(code, _path.ToString(), at, message, help);
        return null;
    }

    // A list or object in brackets ends with its bracket, at which the parser's event stands. One in lines ends where the next thing begins:
    // then its last value is its end.
    private int? SaidBy(ParsingEvent parsed) => parsed switch
    {
        Scalar or AnchorAlias => _readTo,
        MappingEnd or SequenceEnd when _open.TryPeek(out var inner) && inner.At.Start < _text.Length && _text[inner.At.Start] is '{' or '[' => _readTo + 1,
        _ => null,
    };

    private static int Offset(Mark mark) => (int)Math.Min(mark.Index, int.MaxValue);

    // An anchor before a value is part of its event, and no part of the value. Only it and the tag "!" begin so.
    private TextSpan SpanOf(ParsingEvent parsed)
    {
        int start = Offset(parsed.Start);
        int end = Math.Max(Offset(parsed.End), start);
        int value = start;
        while (parsed is Scalar && value < end && _text[value] is '&' or '!')
        {
            value = SkipSpace(SkipWord(value, end), end);
        }

        // After the anchor there may be no value.
        return new TextSpan(value < end ? value : start, end);
    }

    private int SkipWord(int from, int end)
    {
        int length = _text.AsSpan(from, end - from).IndexOfAny(EndsWord);
        return length < 0 ? end : from + length;
    }

    // Line ends and comments too.
    private int SkipSpace(int from, int end)
    {
        while (from < end && (EndsWord.Contains(_text[from]) || _text[from] == '#'))
        {
            int lineEnd = _text[from] == '#' ? _text.IndexOf('\n', from, end - from) : from;
            from = lineEnd < 0 ? end : lineEnd + 1;
        }

        return from;
    }

    // An anchor or a tag before a list or object is part of its event.
    private TextSpan Here(ParsingEvent parsed)
    {
        int start = Offset(parsed.Start);
        if (parsed is MappingStart or SequenceStart && parsed is NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            int end = Offset(parsed.End);
            start = end < _text.Length ? end : start;
        }

        return new TextSpan(start, start + 1);
    }

    /// <param name="Node">Null while it is read.</param>
    private readonly record struct Anchored(SpecNode? Node, int Size, int Height);

    /// <summary>A list or object that is not complete yet.</summary>
    private sealed class Frame
    {
        private readonly SpecProblems _problems;
        private readonly bool _isMapping;
        private readonly List<SpecEntry> _entries = [];
        private readonly List<SpecNode> _items = [];
        private readonly List<SpecNode.Mapping> _merges = [];
        private readonly KeySet _keys;
        private TextSpan? _mergeAt;
        private (string Key, TextSpan At, bool IsMerge, bool IsFirst)? _key;

        public Frame(SpecProblems problems, bool isMapping, TextSpan at, AnchorName anchor, int spentBefore)
        {
            _problems = problems;
            _isMapping = isMapping;
            _keys = new KeySet(problems, _entries);
            At = at;
            Anchor = anchor;
            SpentBefore = spentBefore;
        }

        public TextSpan At { get; }

        public AnchorName Anchor { get; }

        /// <summary>The values of the document up to this one, itself included.</summary>
        public int SpentBefore { get; }

        public int Height { get; private set; } = 1;

        public bool WantsKey => _isMapping && _key is null;

        /// <summary>How many values merge keys brought.</summary>
        public int Merged { get; private set; }

        public void TellPath(SpecPathTracker path)
        {
            if (!_isMapping)
            {
                path.Index = _items.Count;
            }
        }

        public void TakeKey(string key, TextSpan keyAt, bool isMerge, SpecPathTracker path)
        {
            path.Key = key;
            if (isMerge && _mergeAt is { } first)
            {
                _keys.Refuse(path, key, first, keyAt);
            }

            _mergeAt = isMerge ? keyAt : _mergeAt;
            _key = (key, keyAt, isMerge, isMerge || _keys.Allows(path, key, keyAt));
        }

        public bool TryTakeValue(SpecNode node, int height, SpecPathTracker path)
        {
            Height = Math.Max(Height, height + 1);
            if (_key is not { } key)
            {
                _items.Add(node);
                path.Index = _items.Count;
                return true;
            }

            _key = null;
            if (key.IsMerge)
            {
                return TryMerge(node, path);
            }

            if (key.IsFirst)
            {
                _entries.Add(new SpecEntry(key.Key, key.At, node));
            }

            return true;
        }

        // What the object says itself wins over what it merges, and the first of several merged objects over the others.
        public SpecNode Finish(int room, int end)
        {
            if (!_isMapping)
            {
                return new SpecNode.Sequence(At, _items, end);
            }

            if (_merges.Count > 0)
            {
                var known = _entries.Select(entry => entry.Key).ToHashSet();
                foreach (var entry in _merges.SelectMany(merge => merge.Entries).Where(entry => known.Add(entry.Key)).Take(room + 1))
                {
                    _entries.Add(entry);
                    Merged++;
                }
            }

            return new SpecNode.Mapping(At, _entries, end, Merged);
        }

        private bool TryMerge(SpecNode node, SpecPathTracker path)
        {
            var merged = node is SpecNode.Sequence list ? list.Items : (IReadOnlyList<SpecNode>)[node];
            foreach (var one in merged)
            {
                if (one is not SpecNode.Mapping mapping)
                {
                    _problems.Error(
                        DiagnosticCodes.WrongKind, path.ToString(), one.At, "the merge key << wants an object, or a list of objects", "write  <<: *anchor");
                    return false;
                }

                _merges.Add(mapping);
            }

            return true;
        }
    }
}
