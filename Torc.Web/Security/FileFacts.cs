using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Torc.Web.Security;

/// <summary>What the kernel knows of a file and .NET does not say.</summary>
internal static partial class FileFacts
{
    private const int CurrentFolder = -100;
    private const uint WantLinkCount = 0x4;
    private const int LinkCountOffset = 16;

    /// <summary>Where a path leads in the end, if it is a symbolic link; absolute, whether or not there is anything.</summary>
    public static string Target(string path) =>
        new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <summary>The magic number of the file system on which a path lies, as in <c>linux/magic.h</c>; null if the kernel does not say.</summary>
    public static long? FileSystemType(string path)
    {
        // struct statfs begins with it, as a long.
        Span<byte> answer = stackalloc byte[256];
        return StatFs(path, answer) == 0 ? BinaryPrimitives.ReadInt64LittleEndian(answer) & 0xFFFFFFFF : null;
    }

    /// <summary>By how many names (hard links) a file is known; null if it is not there.</summary>
    public static int? LinkCount(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        return StatX(CurrentFolder, path, 0, WantLinkCount, answer) == 0 ? BinaryPrimitives.ReadInt32LittleEndian(answer[LinkCountOffset..]) : null;
    }

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatFs(string path, Span<byte> answer);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> answer);
}
