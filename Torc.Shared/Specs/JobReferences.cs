namespace Torc.Shared.Specs;

/// <summary>What a job refers to in one way: each thing once, and where it was first said.</summary>
internal sealed class JobReferences
{
    private const int FewReferences = 16;

    private readonly List<int> _positions = [];
    private readonly List<TextSpan> _places = [];
    private HashSet<int>? _many;

    /// <summary>Of the files, user data or jobs in the spec, in the order in which they were first said.</summary>
    public IReadOnlyList<int> Positions => _positions;

    public void Add(int position, TextSpan at)
    {
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

    public bool Contains(int position) => _many?.Contains(position) ?? _positions.Contains(position);

    /// <summary>Where a position was first said.</summary>
    public TextSpan PlaceOf(int position) => _places[_positions.IndexOf(position)];
}
