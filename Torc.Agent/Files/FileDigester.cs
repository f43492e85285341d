using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>
/// Reads what is in files, on the caller's thread: it can take long, and for ever where a share hangs. Safe to use from any
/// thread. What is neither file nor folder is never opened: it might wait for somebody, or do something.
/// </summary>
internal sealed class FileDigester
{
    /// <summary>The largest file whose content is read, in bytes; of larger ones size and time have to do.</summary>
    public const long LargestRead = 1L << 30;

    private const int BytesAtOnce = 1 << 20;
    private const int Tries = 3;

    private readonly TimeProvider _time;
    private readonly FolderDigester _folders;
    private readonly DigestCache _cache = new();

    public FileDigester(TimeProvider time)
    {
        _time = time;
        _folders = new FolderDigester(this, time);
    }

    /// <summary>Looks at a file and reads it.</summary>
    /// <returns>Present with a digest; or missing; or unknown with the reason, which may be that it was written to all the time.</returns>
    /// <exception cref="OperationCanceledException">It was canceled, between two reads.</exception>
    public FileFact Read(string workingDirectory, string path, CancellationToken cancel)
    {
        string absolute = Path.Combine(workingDirectory, path);
        for (int tries = 0; tries < Tries; tries++)
        {
            var sight = FileLook.At(workingDirectory, path);
            if (sight.Identity is not { } identity)
            {
                return new FileFact(path, sight.State, Problem: sight.Problem);
            }

            var reading = ReadOnce(absolute, sight.Kind, identity, followLink: true, cancel);
            if (reading.Problem is { } problem)
            {
                return new FileFact(path, FileState.Unknown, Problem: problem);
            }

            if (reading.Digest is { } digest)
            {
                return new FileFact(path, FileState.Present, identity, digest, reading.ReadAt);
            }
        }

        return new FileFact(path, FileState.Unknown, Problem: "it changes while it is read");
    }

    /// <summary>Reads what was seen at a path, and looks again whether it still is the same.</summary>
    /// <param name="path">Absolute.</param>
    public FileReading ReadOnce(string path, EntryKind kind, FileIdentity identity, bool followLink, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (kind == EntryKind.File && _cache.Find(path, identity) is { } known)
        {
            return known;
        }

        var at = _time.GetUtcNow();
        var reading = kind switch
        {
            EntryKind.File when identity.Size > LargestRead => new FileReading(string.Create(CultureInfo.InvariantCulture, $"stat:{identity.Size}:{identity.ModifiedNs}"), at),
            EntryKind.File => ReadContent(path, at, followLink, cancel),
            EntryKind.Folder => _folders.Read(path, cancel),
            _ => new FileReading(Special(kind), at),
        };
        if (reading.Problem is not null)
        {
            return reading;
        }

        if ((followLink ? FileLook.Whole(path) : FileLook.At(path, followLink: false)).Identity != identity)
        {
            return FileReading.ChangedMeanwhile;
        }

        if (kind == EntryKind.File)
        {
            _cache.Keep(path, identity, reading);
        }

        return reading;
    }

    public static string Special(EntryKind kind) => kind switch
    {
        EntryKind.Pipe => "special:pipe",
        EntryKind.Socket => "special:socket",
        EntryKind.BlockDevice => "special:block_device",
        EntryKind.CharacterDevice => "special:character_device",
        _ => "special:unknown",
    };

    private static FileReading ReadContent(string path, DateTimeOffset at, bool followLink, CancellationToken cancel)
    {
        // A pipe may have taken the file's place since it was looked at: then this neither waits nor becomes ours.
        int descriptor = Libc.Open(path, Libc.ONonBlock | Libc.ONoTerminal | Libc.OCloseOnExec | (followLink ? 0 : Libc.ONoFollow), 0);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is Libc.ENoEnt or Libc.ENotDir or Libc.EStale or Libc.EIntr ? FileReading.ChangedMeanwhile : FileReading.Failed(Libc.Describe(error));
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!FileKind.IsRegular(descriptor))
        {
            return FileReading.ChangedMeanwhile;
        }

        try
        {
            return new FileReading($"xxh128:{Hash(file, cancel)}", at);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FileReading.Failed(failure.Message);
        }
    }

    private static string Hash(SafeFileHandle file, CancellationToken cancel)
    {
        var hash = new XxHash128();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BytesAtOnce);
        try
        {
            long offset = 0;
            while (RandomAccess.Read(file, buffer.AsSpan(0, BytesAtOnce), offset) is > 0 and var count)
            {
                cancel.ThrowIfCancellationRequested();
                hash.Append(buffer.AsSpan(0, count));
                offset += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
