using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs;

/// <summary>What a job refers to in one way: each thing once, and where it was first said.</summary>
internal sealed class JobReferences
{
    private const int FewReferences = 16;

    // Most jobs refer in few of the ways that there are.
    private List<int>? _positions;
    private List<TextSpan>? _places;
    private HashSet<int>? _many;

    /// <summary>Of the files, user data or jobs in the spec, in the order in which they were first said.</summary>
    public IReadOnlyList<int> Positions => _positions is null ? [] : _positions;

    /// <summary>A copy of the positions that nothing changes.</summary>
    public IReadOnlyList<int> ToList() => _positions is null ? [] : _positions.ToArray();

    public void Add(int position, TextSpan at)
    {
        _positions ??= [];
        _places ??= [];
        if (Contains(position))
        {
            return;
        }

        _positions.Add(position);
        _places.Add(at);
        if (_positions.Count > FewReferences)
        {
            _many ??= [.. _positions];
            _many.Add(position);
        }
    }

    public bool Contains(int position) => _many?.Contains(position) ?? _positions?.Contains(position) ?? false;

    /// <summary>Where a position was first said.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It was not.</exception>
    public TextSpan PlaceOf(int position) => _places is null
        ? throw new ArgumentOutOfRangeException(nameof(position), position, "nothing was said")
        : _places[_positions!.IndexOf(position)];
}
