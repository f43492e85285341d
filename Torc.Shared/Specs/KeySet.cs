using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>The keys of one object while it is read. Refuses a second one by the name of the first.</summary>
internal sealed class KeySet(SpecProblems problems)
{
    private const int FewKeys = 16;

    private readonly List<(string Key, TextSpan At)> _few = [];
    private Dictionary<string, TextSpan>? _many;

    /// <param name="path">Of the value that belongs to the key.</param>
    /// <returns>False, and a problem, if the object has the key already.</returns>
    public bool TryAdd(SpecPathTracker path, string key, TextSpan at)
    {
        if (Find(key) is { } first)
        {
            problems.Error(
                DiagnosticCodes.DuplicateKey, path.ToString(), at,
                $"the key {Quoting.Quote(key)} stands here twice: on line {problems.Text.LineOf(first.Start)} and on line {problems.Text.LineOf(at.Start)}",
                "remove one of them");
            return false;
        }

        Add(key, at);
        return true;
    }

    private TextSpan? Find(string key)
    {
        if (_many is not null)
        {
            return _many.TryGetValue(key, out var at) ? at : null;
        }

        foreach (var (known, at) in _few)
        {
            if (string.Equals(known, key, StringComparison.Ordinal))
            {
                return at;
            }
        }

        return null;
    }

    private void Add(string key, TextSpan at)
    {
        if (_many is null && _few.Count < FewKeys)
        {
            _few.Add((key, at));
            return;
        }

        _many ??= _few.ToDictionary(entry => entry.Key, entry => entry.At);
        _many.Add(key, at);
    }
}
