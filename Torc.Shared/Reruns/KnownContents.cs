namespace Torc.Shared.Reruns;

/// <summary>What was read of files before, so that none is read again that has not changed.</summary>
/// <param name="contents">Of a file read several times, the newest counts.</param>
public sealed class KnownContents(IEnumerable<KnownContent> contents)
{
    private readonly Dictionary<string, KnownContent> _newest = Newest(contents);

    /// <returns>As long as a file has this identity, its content is known; null if it has to be read whatever it has.</returns>
    public FileIdentity? IdentityOf(string path) =>
        _newest.TryGetValue(path, out var content) && content.Identity.IsSettledAt(content.ReadAt) ? content.Identity : null;

    /// <summary>What there is to say of a file of which a node says nothing else: that it is as it is known.</summary>
    public FileFact FactOf(string path) => IdentityOf(path) is { } identity && _newest[path] is var content
        ? new FileFact(path, FileState.Present, identity, content.Digest, content.ReadAt)
        : new FileFact(path, FileState.Unknown, Problem: "its node said nothing of it");

    /// <summary>Whether a file is another one, or was read again.</summary>
    public bool IsNews(FileFact fact) =>
        !_newest.TryGetValue(fact.Path, out var content) || content.Identity != fact.Identity || content.Digest != fact.Digest || content.ReadAt != fact.ReadAt;

    private static Dictionary<string, KnownContent> Newest(IEnumerable<KnownContent> contents)
    {
        var newest = new Dictionary<string, KnownContent>();
        foreach (var content in contents)
        {
            if (!newest.TryGetValue(content.Path, out var other) || other.ReadAt < content.ReadAt)
            {
                newest[content.Path] = content;
            }
        }

        return newest;
    }
}
