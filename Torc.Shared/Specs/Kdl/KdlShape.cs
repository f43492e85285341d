namespace Torc.Shared.Specs.Kdl;

/// <summary>Which nodes an object knows, and what each becomes. A node that it does not know stays under its own name.</summary>
/// <param name="TakesName">Whether the first argument is the object's <c>name</c>.</param>
/// <param name="Always">The key of a list that is there even if no node adds to it.</param>
internal sealed record KdlShape(bool TakesName = false, string? Always = null)
{
    private readonly Dictionary<string, KdlField> _fields = [];

    public KdlField? Find(string nodeName) => _fields.GetValueOrDefault(nodeName);

    /// <summary>Adds a key that nodes of other names are read as too.</summary>
    public void Add(KdlForm form, string key, IEnumerable<string> otherNames)
    {
        _fields.Add(key, new KdlField(key, form));
        foreach (string name in otherNames)
        {
            _fields.TryAdd(name, new KdlField(key, form));
        }
    }
}
