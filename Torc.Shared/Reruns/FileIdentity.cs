using System.Globalization;

namespace Torc.Shared.Reruns;

/// <summary>What a file system says of a file without its content being read. While none of it has changed, the content has not either.</summary>
/// <param name="Size">Bytes; of a folder, those of all that is in it.</param>
/// <param name="ModifiedNs">Of the content, in nanoseconds since 1970 UTC; whoever may write the file may set it to anything. Of a folder, the newest in it.</param>
/// <param name="ChangedNs">Of the content or of what is said of the file, in nanoseconds since 1970 UTC; only the system sets it. Of a folder, the newest in it.</param>
/// <param name="Inode">Of a folder, a digest of the names, sizes, times and inodes of all that is in it.</param>
public readonly record struct FileIdentity(long Size, long ModifiedNs, long ChangedNs, ulong Inode, ulong Device)
{
    /// <summary>Two writes within one tick of a file system's clock look alike; none has a tick as long as this.</summary>
    public static readonly TimeSpan ClockTick = TimeSpan.FromSeconds(2);

    /// <summary>Whether what was read of the content at <paramref name="seenAt"/> holds as long as the identity does: then the file had been at rest.</summary>
    public bool IsSettledAt(DateTimeOffset seenAt) =>
        seenAt.ToUnixTimeMilliseconds() - (Math.Max(ModifiedNs, ChangedNs) / 1_000_000) >= ClockTick.TotalMilliseconds;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static FileIdentity? Parse(string? text)
    {
        Span<Range> parts = stackalloc Range[6];
        var all = text.AsSpan();
        return all.Split(parts, '.') == 5
            && long.TryParse(all[parts[0]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long size)
            && long.TryParse(all[parts[1]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long modified)
            && long.TryParse(all[parts[2]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long changed)
            && ulong.TryParse(all[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            && ulong.TryParse(all[parts[4]], NumberStyles.None, CultureInfo.InvariantCulture, out ulong device)
            ? new FileIdentity(size, modified, changed, inode, device)
            : null;
    }

    /// <summary>Such as <c>1204.1764252301123456789.1764252301123456789.131090.2049</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size}.{ModifiedNs}.{ChangedNs}.{Inode}.{Device}");
}
