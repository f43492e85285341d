using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Documents;

/// <summary>Knows the keys of one object while its entries are read.</summary>
/// <param name="entries">Those that were read so far, each key once; they stay the caller's.</param>
internal sealed class KeySet(SpecProblems problems, List<SpecEntry> entries)
{
    // Most objects have few keys, and looking at few is cheaper than a table.
    private const int FewKeys = 16;

    private Dictionary<string, TextSpan>? _many;

    /// <param name="path">Of the value that belongs to the key.</param>
    /// <returns>False, and a problem, if there is an entry with this key.</returns>
    public bool Allows(SpecPathTracker path, string key, TextSpan at)
    {
        if (Find(key) is not { } first)
        {
            return true;
        }

        Refuse(path, key, first, at);
        return false;
    }

    public void Refuse(SpecPathTracker path, string key, TextSpan first, TextSpan second) => problems.Error(
        DiagnosticCodes.DuplicateKey, path.ToString(), second,
        $"the key {Quoting.Quote(key)} stands here twice: on line {problems.Text.LineOf(first.Start)} and on line {problems.Text.LineOf(second.Start)}",
        "remove one of them");

    private TextSpan? Find(string key)
    {
        if (entries.Count > FewKeys)
        {
            _many ??= [];
            for (int added = _many.Count; added < entries.Count; added++)
            {
                _many.Add(entries[added].Key, entries[added].KeyAt);
            }

            return _many.TryGetValue(key, out var at) ? at : null;
        }

        foreach (var entry in entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry.KeyAt;
            }
        }

        return null;
    }
}
