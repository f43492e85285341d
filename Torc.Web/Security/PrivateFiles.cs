namespace Torc.Web.Security;

/// <summary>Folders and files that only their owner can enter or read, whatever the umask.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates the folder and the missing ones above it, and closes it to others if it was open to them.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to somebody else.</exception>
    public static void CreateFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            // The mode is for the last folder of the path only, so every missing one is created by its own call.
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent))
            {
                CreateFolder(parent);
            }

            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }

        File.SetUnixFileMode(path, OwnerOnlyFolder);
    }

    /// <summary>Replaces the file as a whole: a reader sees the old text or the new one.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        string unfinished = path + ".new";
        File.Delete(unfinished);
        await using (var file = Open(unfinished, FileMode.CreateNew, FileShare.None))
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteAsync(text.AsMemory(), cancel);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var file = new FileStream(path, new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, UnixCreateMode = OwnerOnlyFile });
        // The umask can take bits away from the mode above, and a file that was there keeps its own.
        File.SetUnixFileMode(file.SafeFileHandle, OwnerOnlyFile);
        return file;
    }

    public static bool IsOwnerOnly(string path) => (File.GetUnixFileMode(path) & ~OwnerOnlyFolder) == UnixFileMode.None;
}
