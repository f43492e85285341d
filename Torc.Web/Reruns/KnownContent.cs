namespace Torc.Web.Reruns;

/// <summary>What was in a file while it had an identity.</summary>
internal sealed record KnownContent(string Path, string Identity, string Digest, DateTimeOffset ReadAt);
