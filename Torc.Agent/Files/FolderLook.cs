using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>
/// Looks at all that is in a folder without opening any of it. What a folder says of itself does not change with what is deep inside; its
/// identity has to, or what was once read of it would be taken for what is in it now.
/// </summary>
internal sealed class FolderLook
{
    private readonly XxHash64 _entries = new();
    private readonly byte[] _numbers = new byte[3 * sizeof(long)];
    private long _size;
    private long _modified;
    private long _changed;

    private FolderLook(FileIdentity folder)
    {
        (_modified, _changed) = (folder.ModifiedNs, folder.ChangedNs);
        Append("", folder with { Size = 0 });
    }

    /// <param name="path">Absolute.</param>
    /// <param name="folder">As it was seen itself.</param>
    public static FileSight At(string path, FileSight folder)
    {
        var look = new FolderLook(folder.Identity!.Value);
        try
        {
            look.Below(path, below: "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FileSight.Unknown(failure.Message);
        }

        return folder with { Identity = new FileIdentity(look._size, look._modified, look._changed, look._entries.GetCurrentHashAsUInt64(), folder.Identity.Value.Device) };
    }

    private void Below(string folder, string below)
    {
        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // What is gone by now is in no folder, as are entries that cannot be found any more.
            return;
        }

        Array.Sort(entries, StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            string name = below + Path.GetFileName(entry);
            var sight = FileLook.AtEntry(entry);
            if (sight.Identity is { } identity)
            {
                bool isFolder = sight.Kind == EntryKind.Folder;
                Append($"{sight.Kind} {name}", isFolder ? identity with { Size = 0 } : identity);
                if (isFolder)
                {
                    Below(entry, $"{name}/");
                }
            }
            else if (sight.Problem is { } problem)
            {
                throw new IOException($"{name}: {problem}");
            }
        }
    }

    // The time of change of a single entry is left out: a job may link what it reads, or change its mode. The newest of them is kept.
    private void Append(string name, FileIdentity entry)
    {
        _entries.Append(Encoding.UTF8.GetBytes($"{name}\0"));
        BinaryPrimitives.WriteInt64LittleEndian(_numbers, entry.Size);
        BinaryPrimitives.WriteInt64LittleEndian(_numbers.AsSpan(sizeof(long)), entry.ModifiedNs);
        BinaryPrimitives.WriteUInt64LittleEndian(_numbers.AsSpan(2 * sizeof(long)), entry.Inode);
        _entries.Append(_numbers);
        _size += entry.Size;
        _modified = Math.Max(_modified, entry.ModifiedNs);
        _changed = Math.Max(_changed, entry.ChangedNs);
    }
}
