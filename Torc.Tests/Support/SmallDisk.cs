using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Torc.Tests.Support;

/// <summary>A file system in memory that a test can fill to the last block.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    /// <summary>A folder on it.</summary>
    public string Folder => Path.Combine(_path, "data");

    private string Filler => Path.Combine(_path, "filler");

    /// <summary>Skips the test where this user may not mount anything.</summary>
    public static async Task<SmallDisk> MountAsync(int mebibytes)
    {
        string path = Directory.CreateTempSubdirectory("torc-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m"), "tmpfs", path) != 0)
        {
            Directory.Delete(path);
            Assert.Skip("this user may not mount a file system");
        }

        return new SmallDisk(path);
    }

    /// <summary>Leaves no block free.</summary>
    public async Task FillAsync()
    {
        await using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (int size in (int[])[1 << 20, 4 << 10])
        {
            byte[] block = new byte[size];
            try
            {
                while (true)
                {
                    await file.WriteAsync(block, CancellationToken.None);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", _path);
        Directory.Delete(_path);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Waiting.Patience, CancellationToken.None);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
