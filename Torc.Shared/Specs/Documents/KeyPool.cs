namespace Torc.Shared.Specs.Documents;

/// <summary>Keeps one copy of each short key: a hundred thousand jobs have the same ten.</summary>
internal sealed class KeyPool
{
    private const int MaxKeys = 1024;
    private const int MaxLength = 64;

    private readonly HashSet<string> _keys = [];

    public string Get(ReadOnlySpan<char> key)
    {
        var keys = _keys.GetAlternateLookup<ReadOnlySpan<char>>();
        if (keys.TryGetValue(key, out string? known))
        {
            return known;
        }

        string text = key.ToString();
        if (text.Length <= MaxLength && _keys.Count < MaxKeys)
        {
            _keys.Add(text);
        }

        return text;
    }
}
