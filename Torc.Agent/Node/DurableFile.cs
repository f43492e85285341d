using Microsoft.Win32.SafeHandles;
using Torc.Agent.Running;

namespace Torc.Agent.Node;

/// <summary>Replaces files so that after a crash there is the old content or the new, never half of it.</summary>
internal static class DurableFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>The new file, open for writing.</returns>
    public static async Task<SafeFileHandle> ReplaceAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        var file = File.OpenHandle(fresh, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        try
        {
            File.SetUnixFileMode(file, OwnerOnly);
            await RandomAccess.WriteAsync(file, content, 0, cancel);
            RandomAccess.FlushToDisk(file);
            File.Move(fresh, path, overwrite: true);
            FlushFolder(Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static async Task WriteTextAsync(string path, string text, CancellationToken cancel)
    {
        using var file = await ReplaceAsync(path, System.Text.Encoding.UTF8.GetBytes(text), cancel);
    }

    // A rename is durable when its folder is; .NET opens no folders.
    private static void FlushFolder(string folder)
    {
        int descriptor = Libc.Open(folder, Libc.ODirectory | Libc.OCloseOnExec, 0);
        if (descriptor >= 0)
        {
            _ = Libc.Sync(descriptor);
            _ = Libc.Close(descriptor);
        }
    }
}
