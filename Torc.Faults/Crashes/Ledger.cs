using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>Everything that the jobs of one round wrote down, in the order in which they did.</summary>
internal sealed class Ledger(IReadOnlyList<LedgerEntry> entries)
{
    public IReadOnlyList<LedgerEntry> Of(string what) => [.. entries.Where(entry => string.Equals(entry.What, what, StringComparison.Ordinal))];

    public LedgerEntry? Find(string what, AttemptId attempt) =>
        entries.FirstOrDefault(entry => entry.Attempt == attempt && string.Equals(entry.What, what, StringComparison.Ordinal));

    /// <summary>Reads lines such as <c>start 17.2 4711 4242 1764066990123456789</c>.</summary>
    public static async Task<Ledger> ReadAsync(string path, CancellationToken cancel)
    {
        string[] lines = File.Exists(path) ? await File.ReadAllLinesAsync(path, cancel) : [];
        return new Ledger([.. lines.Select(Parse)]);
    }

    private static LedgerEntry Parse(string line)
    {
        string[] words = line.Split(' ');
        return words.Length == 5 && AttemptId.TryParse(words[1], out var attempt)
            ? new LedgerEntry(words[0], attempt, Number(words[2]), Number(words[3]), long.Parse(words[4], CultureInfo.InvariantCulture))
            : throw new InvalidDataException($"a job wrote \"{line}\" into its ledger");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
