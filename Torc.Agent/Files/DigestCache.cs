using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>Remembers what was in files that were at rest when they were read. Safe to use from any thread.</summary>
internal sealed class DigestCache
{
    // Some 20 MB with paths of usual length.
    private const int MostFiles = 50_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FileIdentity Identity, FileReading Reading)> _readings = new(StringComparer.Ordinal);

    /// <param name="path">Absolute.</param>
    public FileReading? Find(string path, FileIdentity identity)
    {
        lock (_gate)
        {
            return _readings.TryGetValue(path, out var known) && known.Identity == identity ? known.Reading : null;
        }
    }

    /// <summary>Keeps a reading if it can be trusted for as long as the file has this identity.</summary>
    public void Keep(string path, FileIdentity identity, FileReading reading)
    {
        if (reading.Digest is null || !identity.IsSettledAt(reading.ReadAt))
        {
            return;
        }

        lock (_gate)
        {
            if (_readings.Count >= MostFiles)
            {
                // To read some again is cheaper than to keep books on which of them were asked for last.
                _readings.Clear();
            }

            _readings[path] = (identity, reading);
        }
    }
}
