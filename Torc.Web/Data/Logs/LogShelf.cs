using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Security;

namespace Torc.Web.Data.Logs;

/// <summary>
/// The logs that the server keeps, a file for each. Not in the database, which every job's result waits for and every backup copies.
/// Safe to use from any thread.
/// </summary>
internal sealed class LogShelf(DataFolder folder, IOptions<LogOptions> options)
{
    private const int JobsPerFolder = 1000;
    private const int BytesPerBlock = 4096;

    private readonly Lock _gate = new();
    private long? _size;

    /// <summary>Replaces what was kept of the same log.</summary>
    /// <param name="endedAt">By which it is put away again.</param>
    /// <exception cref="IOException">There is no room, or the disk is away.</exception>
    public async Task KeepAsync(
        AttemptId attempt, LogStream stream, KeptHead head, ReadOnlyMemory<byte> start, ReadOnlyMemory<byte> end, DateTimeOffset endedAt, CancellationToken cancel)
    {
        string path = PathOf(attempt, stream);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        string unfinished = path + ".new";
        byte[] first = Encoding.ASCII.GetBytes(head.ToString());
        long before = File.Exists(path) ? OnDisk(new FileInfo(path).Length) : 0;
        await using (var file = PrivateFiles.Open(unfinished, FileMode.Create, FileShare.None))
        {
            await file.WriteAsync(first, cancel);
            await file.WriteAsync(start, cancel);
            await file.WriteAsync(end, cancel);
            await file.FlushAsync(cancel);
            File.SetLastWriteTimeUtc(file.SafeFileHandle, endedAt.UtcDateTime);
        }

        File.Move(unfinished, path, overwrite: true);
        lock (_gate)
        {
            // Whoever measures all of it has this one already.
            _size = _size is { } size ? size - before + OnDisk(first.Length + start.Length + end.Length) : Files().Sum(file => OnDisk(file.Length));
            if (_size > options.Value.KeepBytes)
            {
                _size = PutAway(options.Value.KeepBytes);
            }
        }
    }

    /// <summary>Deletes what is kept of these attempts.</summary>
    public void Forget(IReadOnlyList<AttemptId> attempts)
    {
        foreach (var attempt in attempts)
        {
            foreach (var stream in Enum.GetValues<LogStream>())
            {
                Delete(PathOf(attempt, stream));
            }
        }

        lock (_gate)
        {
            // Measured anew when the next one is kept.
            _size = null;
        }
    }

    /// <returns>Null if it was not kept, or not any more.</returns>
    public KeptLog? TryOpen(AttemptId attempt, LogStream stream) => KeptLog.TryOpen(PathOf(attempt, stream));

    /// <summary>Deletes the oldest until there is some room, so that the next does not have to be made room for as well.</summary>
    /// <returns>How much is left.</returns>
    private long PutAway(long most)
    {
        var files = Files().OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        long size = files.Sum(file => OnDisk(file.Length));
        for (int oldest = files.Count - 1; oldest >= 0 && size > most * 0.9; oldest--)
        {
            size -= OnDisk(files[oldest].Length);
            files[oldest].Delete();
        }

        return size;
    }

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private IEnumerable<FileInfo> Files() =>
        Directory.Exists(folder.Logs) ? new DirectoryInfo(folder.Logs).EnumerateFiles("*", SearchOption.AllDirectories) : [];

    // A line takes a whole block.
    private static long OnDisk(long length) => (length + BytesPerBlock - 1) / BytesPerBlock * BytesPerBlock;

    private string PathOf(AttemptId attempt, LogStream stream) => Path.Combine(
        folder.Logs,
        (attempt.Job.Value / JobsPerFolder).ToString(CultureInfo.InvariantCulture),
        $"{attempt}.{(stream == LogStream.Stdout ? "out" : "err")}");
}
