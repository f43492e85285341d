using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Everything of one kind that a spec declares by name, in order.</summary>
/// <param name="kind">For messages, such as <c>file</c>.</param>
internal sealed class DeclaredThings<T>(string kind)
{
    private readonly Dictionary<string, int> _positions = [];
    private readonly List<(T Value, SpecName Name, SpecObject Source, bool IsCopy)> _things = [];

    public int Count => _things.Count;

    public IEnumerable<string> Names => _positions.Keys;

    public T this[int position] => _things[position].Value;

    public SpecName NameOf(int position) => _things[position].Name;

    /// <summary>Whether parameters made it, so that others stand at the same place.</summary>
    public bool IsCopy(int position) => _things[position].IsCopy;

    public SpecObject SourceOf(int position) => _things[position].Source;

    public SpecPath PathOf(int position) => _things[position].Source.Path;

    /// <summary>Where the path of a file stands.</summary>
    public (TextSpan At, SpecPath Path) PlaceOfPath(int position)
    {
        var source = _things[position].Source;
        return (source.Find("path")?.At ?? source.At, source.Path["path"]);
    }

    public IEnumerable<T> Values => _things.Select(thing => thing.Value);

    public int? Find(string name) => _positions.TryGetValue(name, out int position) ? position : null;

    /// <summary>Adds a thing; a second one of the same name is a problem, and is added without its name.</summary>
    /// <param name="values">Which copy of its source it is; null if there can be but one.</param>
    public void Add(T value, SpecName? name, SpecObject source, Combination? values = null)
    {
        int position = _things.Count;
        _things.Add((value, name ?? new SpecName("", source.At), source, values is { Space.IsSingle: false }));
        if (name is not { } given || _positions.TryAdd(given.Text, position))
        {
            return;
        }

        var problems = source.Problems;
        string copy = values?.ToString() ?? "";
        int first = problems.Text.LineOf(NameOf(_positions[given.Text]).At.Start);
        int second = problems.Text.LineOf(given.At.Start);
        problems.Error(
            DiagnosticCodes.DuplicateName, source.Path["name"].ToString(), given.At,
            $"two {Plural} have the name {Quoting.Quote(given.Text)}: on line {first} and on line {second}{(copy.Length == 0 ? "" : $", there with {copy}")}",
            "give one of them another name");
    }

    private string Plural => kind switch
    {
        "user data" => "user data entries",
        "resource requirements" => "resource requirements",
        _ => $"{kind}s",
    };
}
