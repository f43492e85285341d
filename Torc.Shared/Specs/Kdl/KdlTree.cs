using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Kdl;

/// <summary>
/// Makes the tree that all notations share of the nodes of a KDL document. It goes on after a mistake, so that all are told
/// at once; what no spec has stays in the tree for whoever reads it.
/// </summary>
internal sealed class KdlTree(SpecProblems problems, NodeBudget budget)
{
    // The name of the items of a list that is written as a block.
    private const string ItemName = "-";

    private readonly SpecPathTracker _path = new();
    private bool _isTooLarge;

    public SpecNode.Mapping Read(IReadOnlyList<KdlNode> nodes) => ReadObject(KdlShapes.Workflow, nodes[0].NameAt, nodes, name: null);

    private SpecNode.Mapping ReadObject(KdlShape shape, KdlNode node)
    {
        var name = shape.TakesName && node.Arguments.Count > 0 ? node.Arguments[0] : null;
        if (node.Arguments.Count > (shape.TakesName ? 1 : 0))
        {
            string message = shape.TakesName ? $"{Shown(node)} has one value, its name" : $"{Shown(node)} has no value of its own";
            Fail(node.Arguments[shape.TakesName ? 1 : 0].At, message, "write what belongs to it between { and }");
        }

        return ReadObject(shape, node.NameAt, FieldsOf(node), name);
    }

    private SpecNode.Mapping ReadObject(KdlShape shape, TextSpan at, IEnumerable<KdlNode> fields, SpecNode.Scalar? name)
    {
        _path.Enter();
        var entries = new List<SpecEntry>();
        var keys = new KeySet(problems, entries);
        var lists = new Dictionary<string, List<SpecNode>>();
        var unknown = new HashSet<string>();
        if (name is not null)
        {
            entries.Add(new SpecEntry("name", name.At, name));
        }

        foreach (var node in fields)
        {
            var field = shape.Find(node.Name) ?? new KdlField(node.Name, new KdlForm.Free());
            _path.Key = field.Key;
            switch (field.Form)
            {
                case KdlForm.Ignored:
                    break;
                case KdlForm.Values:
                    AddValues(ListOf(field.Key, node), node);
                    break;
                case KdlForm.Elements elements:
                    var list = ListOf(field.Key, node);
                    _path.Enter();
                    _path.Index = list.Count;
                    list.Add(ReadObject(elements.Shape, node));
                    _path.Leave();
                    break;

                // Whoever reads the tree reports the first; a second would say nothing new.
                case KdlForm.Free when shape.Find(node.Name) is null && !unknown.Add(node.Name):
                    break;
                default:
                    if (keys.Allows(_path, field.Key, node.NameAt))
                    {
                        entries.Add(new SpecEntry(field.Key, node.NameAt, ReadOne(field.Form, node)));
                    }

                    break;
            }
        }

        if (shape.Always is { } always && !lists.ContainsKey(always))
        {
            entries.Add(new SpecEntry(always, at, new SpecNode.Sequence(Start(at), [])));
        }

        _path.Leave();
        return new SpecNode.Mapping(Start(at), entries);

        List<SpecNode> ListOf(string key, KdlNode node)
        {
            if (!lists.TryGetValue(key, out var list))
            {
                lists.Add(key, list = []);
                entries.Add(new SpecEntry(key, node.NameAt, new SpecNode.Sequence(Start(node.NameAt), list)));
            }

            return list;
        }
    }

    private SpecNode ReadOne(KdlForm form, KdlNode node) => form switch
    {
        KdlForm.Map map => ReadMap(map, node),
        KdlForm.Single single => ReadObject(single.Shape, node),
        KdlForm.ValueOrObject either when node.BlockAt is not null || node.Properties.Count > 0 => ReadObject(either.Shape, node),
        KdlForm.Json when node is { Arguments: [{ Kind: ScalarKind.Text } text], Properties: [], BlockAt: null } => ReadJson(text),
        KdlForm.Json or KdlForm.Free => ReadFree(node),
        _ => ReadValue(node),
    };

    private SpecNode.Scalar ReadValue(KdlNode node)
    {
        bool isTold = FailAtRest(node, "has one value");
        switch (node.Arguments)
        {
            case []:
                if (!isTold)
                {
                    Fail(node.NameAt, $"{Shown(node)} must have a value", $"write it behind the name:  {Quoting.Shorten(node.Name)} \"…\"");
                }

                problems.TellNoMoreOf(node.NameAt);
                return new SpecNode.Scalar(node.NameAt, ScalarKind.Null, "null");
            case [var first, var second, ..]:
                Fail(
                    second.At, $"{Shown(node)} has one value, not {node.Arguments.Count.ToString(CultureInfo.InvariantCulture)}",
                    "put a text with blanks in double quotes");
                return first;
            default:
                return node.Arguments[0];
        }
    }

    private void AddValues(List<SpecNode> list, KdlNode node)
    {
        FailAtRest(node, "has values only");
        list.AddRange(node.Arguments);
    }

    private SpecNode.Mapping ReadMap(KdlForm.Map map, KdlNode node)
    {
        if (node.Arguments.Count > 0)
        {
            Fail(node.Arguments[0].At, $"{Shown(node)} has no value of its own", $"write  {Quoting.Shorten(node.Name)} {{ KEY \"value\" }}");
        }

        _path.Enter();
        var entries = new List<SpecEntry>();
        var keys = new KeySet(problems, entries);
        foreach (var field in FieldsOf(node))
        {
            _path.Key = field.Name;
            if (keys.Allows(_path, field.Name, field.NameAt))
            {
                SpecNode value = map.AllowsLists && field.Arguments.Count > 1 ? ReadList(field) : ReadValue(field);
                entries.Add(new SpecEntry(field.Name, field.NameAt, value));
            }
        }

        _path.Leave();
        return new SpecNode.Mapping(Start(node.NameAt), entries);
    }

    private SpecNode.Sequence ReadList(KdlNode node)
    {
        var items = new List<SpecNode>();
        AddValues(items, node);
        return new SpecNode.Sequence(Start(node.NameAt), items);
    }

    // What a node without rules says: nothing, a value, a list, or an object; a block of "-" is a list too.
    private SpecNode ReadFree(KdlNode node)
    {
        bool isObject = node.BlockAt is not null || node.Properties.Count > 0;
        if (!isObject)
        {
            return node.Arguments switch
            {
                [] => new SpecNode.Scalar(node.NameAt, ScalarKind.Null, "null"),
                [var only] => only,
                _ => ReadList(node),
            };
        }

        if (_path.Depth == SpecLimits.Depth)
        {
            FailDeep(node.BlockAt ?? node.NameAt);
            return new SpecNode.Scalar(node.NameAt, ScalarKind.Null, "null");
        }

        if (node.Arguments.Count > 0)
        {
            Fail(node.Arguments[0].At, $"{Shown(node)} has either values or a block", "write the values into the block");
        }

        if (node.Properties.Count == 0 && node.Children.Count > 0 && node.Children.All(child => child.Name == ItemName))
        {
            return ReadFreeItems(node);
        }

        _path.Enter();
        var entries = new List<SpecEntry>();
        var keys = new KeySet(problems, entries);
        foreach (var field in FieldsOf(node))
        {
            _path.Key = field.Name;
            if (keys.Allows(_path, field.Name, field.NameAt))
            {
                entries.Add(new SpecEntry(field.Name, field.NameAt, ReadFree(field)));
            }
        }

        _path.Leave();
        return new SpecNode.Mapping(Start(node.NameAt), entries);
    }

    private SpecNode.Sequence ReadFreeItems(KdlNode node)
    {
        _path.Enter();
        var items = new List<SpecNode>();
        foreach (var child in node.Children)
        {
            _path.Index = items.Count;
            items.Add(ReadFree(child));
        }

        _path.Leave();
        return new SpecNode.Sequence(Start(node.NameAt), items);
    }

    // What stands inside the JSON stands, for a message, where the whole text stands: escapes move every place in it.
    private SpecNode ReadJson(SpecNode.Scalar text)
    {
        var inner = new SpecProblems(new SpecText(text.Text));
        var root = JsonNodeReader.Read(inner, JsonDialect.Json);
        if (root is null)
        {
            if (text.Text.AsSpan().TrimStart() is ['{', ' ' or '"' or '\n' or '}', ..] or ['[', ..])
            {
                problems.Add(
                    DiagnosticCodes.BadValue, Severity.Warning, _path.ToString(), text.At,
                    $"this looks like JSON and is kept as a text: {inner.ToList()[0].Message}", "mend the JSON, or leave it if a text is meant");
            }

            return text;
        }

        foreach (var problem in inner.ToList().Where(problem => problem.Code == DiagnosticCodes.DuplicateKey))
        {
            problems.Error(problem.Code, _path + problem.Path, text.At, "the JSON in this text has a key twice", "remove one of them");
        }

        return Placed(root, text.At, _path.Depth) ?? text;
    }

    // Recursive: nothing is nested deeper than the limit. Null, and a problem, if the document is too deep or too large with it.
    private SpecNode? Placed(SpecNode node, TextSpan at, int depth)
    {
        if (!TrySpend(at))
        {
            return null;
        }

        if (node is SpecNode.Scalar scalar)
        {
            return new SpecNode.Scalar(at, scalar.Kind, scalar.Text);
        }

        if (depth == SpecLimits.Depth)
        {
            FailDeep(at);
            return null;
        }

        switch (node)
        {
            case SpecNode.Mapping mapping:
                var entries = new List<SpecEntry>(mapping.Entries.Count);
                foreach (var entry in mapping.Entries)
                {
                    if (Placed(entry.Value, at, depth + 1) is not { } value)
                    {
                        return null;
                    }

                    entries.Add(new SpecEntry(entry.Key, at, value));
                }

                return new SpecNode.Mapping(at, entries);
            case SpecNode.Sequence sequence:
                var items = new List<SpecNode>(sequence.Items.Count);
                foreach (var item in sequence.Items)
                {
                    if (Placed(item, at, depth + 1) is not { } value)
                    {
                        return null;
                    }

                    items.Add(value);
                }

                return new SpecNode.Sequence(at, items);
            default:
                throw new InvalidOperationException($"{node.GetType()} is no kind of value");
        }
    }

    private bool TrySpend(TextSpan at)
    {
        if (budget.TrySpend())
        {
            return true;
        }

        if (!_isTooLarge)
        {
            problems.Error(
                DiagnosticCodes.Limit, _path.ToString(), at,
                $"the document has more than {SpecLimits.Nodes.ToString("N0", CultureInfo.InvariantCulture)} values", help: null);
        }

        _isTooLarge = true;
        return false;
    }

    // key=value is the same as a child with one argument.
    private static IEnumerable<KdlNode> FieldsOf(KdlNode node) => node.Properties
        .Select(property => new KdlNode(property.Key, property.KeyAt, [(SpecNode.Scalar)property.Value], [], BlockAt: null, []))
        .Concat(node.Children);

    private bool FailAtRest(KdlNode node, string what)
    {
        var at = node.Properties.Count > 0 ? node.Properties[0].KeyAt : node.BlockAt;
        if (at is not { } rest)
        {
            return false;
        }

        string help = node.Properties.Count > 0 ? "put a text with \"=\" in double quotes" : "remove the block";
        Fail(rest, $"{Shown(node)} {what}, no {(node.Properties.Count > 0 ? "property" : "block")}", help);
        return true;
    }

    private void FailDeep(TextSpan at) =>
        problems.Error(DiagnosticCodes.Limit, _path.ToString(), at, $"nested deeper than {SpecLimits.Depth} levels", help: null);

    private void Fail(TextSpan at, string message, string help) => problems.Error(DiagnosticCodes.WrongKind, _path.ToString(), at, message, help);

    private static string Shown(KdlNode node) => Quoting.Shorten(node.Name);

    private static TextSpan Start(TextSpan at) => new(at.Start, at.Start + 1);
}
