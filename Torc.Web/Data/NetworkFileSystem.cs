using Torc.Web.Security;

namespace Torc.Web.Data;

/// <summary>File systems that several machines share: the memory that a log in WAL mode needs is not shared there.</summary>
internal static class NetworkFileSystem
{
    private static readonly Dictionary<long, string> Names = new()
    {
        [0x6969] = "NFS",
        [0x517B] = "SMB",
        [0xFE534D42] = "SMB",
        [0xFF534D42] = "SMB",
        [0x0BD00BD0] = "Lustre",
        [0x47504653] = "GPFS",
        [0x00C36400] = "Ceph",
        [0x19830326] = "BeeGFS",
        [0xAAD7AAEA] = "PanFS",
        [0x5346414F] = "AFS",
        [0x01021997] = "9P",
        [0x01161970] = "GFS2",
        [0x7461636F] = "OCFS2",
        // Most often sshfs; others lose a little speed.
        [0x65735546] = "FUSE",
    };

    /// <summary>Its name; null if the file system is one of this machine.</summary>
    /// <param name="type">As <c>statfs</c> says it; null if it does not.</param>
    public static string? Name(long? type) => type is { } known ? Names.GetValueOrDefault(known) : null;

    /// <summary>The name of the network file system on which a file lies, or will; null if it is one of this machine.</summary>
    public static string? Under(string file) => Name(FileFacts.FileSystemType(Path.GetDirectoryName(FileFacts.Target(file))!));
}
