namespace Torc.Shared.Specs.Documents;

/// <summary>Knows where a reader is in the document that it reads.</summary>
internal sealed class SpecPathTracker
{
    private readonly List<(string? Key, int Index)> _links = [];

    public int Depth => _links.Count;

    /// <summary>Of the value that is read now, in the innermost object.</summary>
    public string Key
    {
        set => _links[^1] = (value, 0);
    }

    /// <summary>Of the value that is read now, in the innermost list.</summary>
    public int Index
    {
        set => _links[^1] = (null, value);
    }

    public void Enter() => _links.Add((null, -1));

    public void Leave() => _links.RemoveAt(_links.Count - 1);

    /// <summary>Prints a JSON pointer.</summary>
    public override string ToString()
    {
        var path = SpecPath.Top;
        foreach (var (key, index) in _links)
        {
            path = key is not null ? path[key] : index >= 0 ? path[index] : path;
        }

        return path.ToString();
    }
}
