namespace Torc.Shared.Specs.Schema;

/// <summary>The keys of one kind of object.</summary>
/// <param name="Name">As the schema calls it, such as <c>job</c>.</param>
/// <param name="Place">Where such an object stands, such as <c>jobs[]</c>.</param>
/// <param name="Summary">What it is, in a sentence; Markdown.</param>
internal sealed record SpecObjectKind(string Name, string Place, string Summary, IReadOnlyList<SpecField> Fields)
{
    private readonly Dictionary<string, SpecField> _byName = Fields.ToDictionary(field => field.Name);

    /// <summary>Whether a key that is not there is no mistake, since later versions of other programs add some.</summary>
    public bool AllowsMore { get; init; }

    public SpecField? Find(string key) => _byName.GetValueOrDefault(key);

    public IEnumerable<string> Keys => _byName.Keys;
}
