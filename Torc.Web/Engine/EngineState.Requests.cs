namespace Torc.Web.Engine;

// Requests that came with a key of their own.
internal sealed partial class EngineState
{
    /// <summary>For so long a request is known when it comes again.</summary>
    public static readonly TimeSpan RequestsAreKept = TimeSpan.FromHours(24);

    private readonly Dictionary<string, KeptRequest> _requests;

    /// <returns>What the request came to when it came first, which may have asked for something else; null if it is new or has no key.</returns>
    public KeptRequest? Before(RequestKey? key) => key is not null && _requests.TryGetValue(key.Key, out var before) && Now - before.At < RequestsAreKept ? before : null;

    /// <summary>Notes what a request has come to.</summary>
    /// <param name="key">Null for a request that nobody will know again.</param>
    public void Keep(RequestKey? key, ActiveWorkflow workflow, DateTimeOffset now, Commit commit)
    {
        if (key is null)
        {
            return;
        }

        foreach (var old in _requests.Values.Where(request => now - request.At >= RequestsAreKept).ToList())
        {
            _requests.Remove(old.Key.Key);
        }

        var kept = new KeptRequest(key, workflow.State.Id, now);
        _requests[key.Key] = kept;
        commit.Requests.Add(kept);
    }
}
