using System.Globalization;
using System.Text;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

/// <summary>The way from the top of a document to a value, kept as links so that a path costs nothing until it is printed.</summary>
internal sealed class SpecPath
{
    private readonly SpecPath? _parent;
    private readonly string? _key;
    private readonly int _index;

    private SpecPath(SpecPath? parent, string? key, int index)
    {
        _parent = parent;
        _key = key;
        _index = index;
    }

    public static SpecPath Top { get; } = new(parent: null, key: null, index: 0);

    public SpecPath this[string key] => new(this, key, index: 0);

    public SpecPath this[int index] => new(this, key: null, index);

    /// <summary>The last step, if it goes into a list.</summary>
    public int Index => _index;

    /// <summary>The last step, if it goes into an object.</summary>
    public string? Key => _key;

    /// <summary>What holds the value; null at the top.</summary>
    public SpecPath? Parent => _parent;

    /// <summary>The value of a document to which the path leads.</summary>
    /// <returns>Null if there is none.</returns>
    public SpecNode? In(SpecNode root) => _parent is null ? root : _parent.In(root) switch
    {
        SpecNode.Mapping mapping when _key is not null => mapping.Find(_key)?.Value,
        SpecNode.Sequence list when _key is null && _index < list.Items.Count => list.Items[_index],
        _ => null,
    };

    /// <summary>Prints a JSON pointer, RFC 6901: <c>/jobs/2/command</c>.</summary>
    public override string ToString()
    {
        var links = new Stack<SpecPath>();
        for (var link = this; link._parent is not null; link = link._parent)
        {
            links.Push(link);
        }

        var pointer = new StringBuilder();
        foreach (var link in links)
        {
            pointer.Append('/').Append(link._key is { } key
                ? Quoting.Shorten(key).Replace("~", "~0").Replace("/", "~1")
                : link._index.ToString(CultureInfo.InvariantCulture));
        }

        return pointer.ToString();
    }
}
