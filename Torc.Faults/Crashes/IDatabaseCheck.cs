namespace Torc.Faults.Crashes;

/// <summary>Tells what is wrong in a database, whether a server runs on it or was just killed.</summary>
internal interface IDatabaseCheck
{
    /// <returns>A sentence for each violation.</returns>
    Task<IReadOnlyList<string>> CheckAsync(string database, CancellationToken cancel);
}
