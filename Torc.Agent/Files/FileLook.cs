using System.Runtime.InteropServices;
using Torc.Agent.Running;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>Looks at files without opening them.</summary>
internal static class FileLook
{
    /// <summary>Looks at what a path leads to, through symbolic links.</summary>
    /// <param name="workingDirectory">Absolute.</param>
    /// <param name="path">Relative to it, or absolute.</param>
    public static FileSight At(string workingDirectory, string path)
    {
        var sight = Whole(Path.Combine(workingDirectory, path));

        // Where the folder of the jobs is not, their files cannot be seen, wherever they are.
        return sight.State == FileState.Missing && WhyNotIn(workingDirectory) is { } problem ? FileSight.Unknown(problem) : sight;
    }

    /// <summary>Looks at what a path leads to, and at all that is in it if that is a folder.</summary>
    /// <param name="path">Absolute.</param>
    public static FileSight Whole(string path)
    {
        var sight = At(path);
        return sight is { State: FileState.Present, Kind: EntryKind.Folder } ? FolderLook.At(path, sight) : sight;
    }

    /// <param name="path">Absolute.</param>
    /// <param name="followLink">False looks at a symbolic link itself.</param>
    // A share's own idea of a file may be a minute old, and others write there.
    public static FileSight At(string path, bool followLink = true) => Look(path, Libc.StatForceSync | (followLink ? 0 : Libc.StatNoFollow));

    /// <summary>Looks at what was just found in a folder, as far as the system knows of it: to ask a share for each of many would take minutes.</summary>
    /// <param name="path">Absolute.</param>
    public static FileSight AtEntry(string path) => Look(path, Libc.StatNoFollow);

    private static FileSight Look(string path, int flags)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return FileSight.Unknown("no file can have a zero byte in its name");
        }

        Libc.FileStatus status;
        while (Libc.StatX(Libc.CurrentDirectory, path, flags, Libc.StatBasic, out status) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Libc.EIntr:
                    continue;
                case Libc.ENoEnt or Libc.ENotDir:
                    return FileSight.Missing;
                default:
                    return FileSight.Unknown(Libc.Describe(error));
            }
        }

        return new FileSight(FileState.Present, (EntryKind)(status.Mode & Libc.KindMask), IdentityOf(status));
    }

    private static string? WhyNotIn(string workingDirectory)
    {
        var sight = At(workingDirectory);
        return sight.State switch
        {
            FileState.Missing => $"the working directory {workingDirectory} is not on this node",
            FileState.Unknown => $"the working directory {workingDirectory} cannot be looked at: {sight.Problem}",
            _ => sight.Kind == EntryKind.Folder ? null : $"the working directory {workingDirectory} is no folder",
        };
    }

    private static FileIdentity IdentityOf(in Libc.FileStatus status) => new(
        (long)status.Size, status.Modified.Nanoseconds, status.Changed.Nanoseconds, status.Inode, Device(status.DeviceMajor, status.DeviceMinor));

    // As glibc puts them together, so that it is the number that `stat` shows.
    private static ulong Device(ulong major, ulong minor) =>
        ((major & 0xfff) << 8) | ((major & ~0xffful) << 32) | (minor & 0xff) | ((minor & ~0xfful) << 12);
}
