using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Torc.Shared.Quantities;
using Torc.Web.Security;

namespace Torc.Web.Data;

/// <summary>The disk on which the database lies, and a ballast on it: a file that is thrown away when nothing else fits.</summary>
internal sealed class DatabaseDisk
{
    private const int Chunk = 1 << 20;

    private readonly DiskOptions _options;
    private readonly string _ballast;

    public DatabaseDisk(string database, IOptions<DiskOptions> options)
    {
        _options = options.Value;
        _ballast = FileFacts.Target(database) + ".ballast";
    }

    public DiskSpace Space
    {
        get
        {
            var disk = new DriveInfo(Path.GetDirectoryName(_ballast)!);
            return new DiskSpace(new MemorySize(disk.AvailableFreeSpace), new MemorySize(disk.TotalSize));
        }
    }

    /// <summary>Whether there is too little left to begin anything new.</summary>
    public bool IsLow(DiskSpace space) =>
        space.Free.Bytes < _options.MinFreeBytes && space.Free.Bytes < space.Total.Bytes / 100.0 * _options.MinFreePercent;

    /// <returns>Whether there was one.</returns>
    public bool TryDropBallast()
    {
        try
        {
            bool isThere = File.Exists(_ballast);
            File.Delete(_ballast);
            return isThere;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Takes the ballast in again if it is not there and the disk has room for it and for what comes.</summary>
    public async Task RestoreBallastAsync(CancellationToken cancel)
    {
        long size = _options.BallastBytes;
        var space = Space;
        if (size == 0 || new FileInfo(_ballast) is { Exists: true } there && there.Length == size || IsLow(space with { Free = new MemorySize(space.Free.Bytes - size) }))
        {
            return;
        }

        try
        {
            await using var file = PrivateFiles.Open(_ballast, FileMode.Create, FileShare.None);
            byte[] noise = new byte[Chunk];
            for (long written = 0; written < size; written += Chunk)
            {
                // Noise, since a file system may keep zeros without taking any room for them.
                RandomNumberGenerator.Fill(noise);
                await file.WriteAsync(noise.AsMemory(0, (int)Math.Min(Chunk, size - written)), cancel);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            TryDropBallast();
        }
    }
}
