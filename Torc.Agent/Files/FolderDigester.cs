using System.IO.Hashing;
using System.Text;

namespace Torc.Agent.Files;

/// <summary>
/// Makes the digest of a folder: of the sorted list of all that is in it, by relative path, kind and content. A symbolic link
/// counts by its text and is not followed, so that none leads round in a circle.
/// </summary>
internal sealed class FolderDigester(FileDigester files, TimeProvider time)
{
    /// <param name="path">Absolute.</param>
    public FileReading Read(string path, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var manifest = new XxHash128();
        try
        {
            return Append(manifest, path, below: "", cancel) ?? new FileReading($"folder:{Convert.ToHexStringLower(manifest.GetCurrentHash())}", at);
        }
        catch (Exception gone) when (gone is DirectoryNotFoundException or FileNotFoundException)
        {
            return FileReading.ChangedMeanwhile;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return FileReading.Failed(failure.Message);
        }
    }

    /// <returns>Null if all went well; or what keeps the folder from being read.</returns>
    private FileReading? Append(XxHash128 manifest, string folder, string below, CancellationToken cancel)
    {
        string[] entries = Directory.GetFileSystemEntries(folder);
        Array.Sort(entries, StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            string name = below + Path.GetFileName(entry);
            var sight = FileLook.At(entry, followLink: false);
            if (sight.Identity is not { } identity)
            {
                return sight.Problem is { } problem ? FileReading.Failed($"{name}: {problem}") : FileReading.ChangedMeanwhile;
            }

            if (sight.Kind == EntryKind.Folder)
            {
                Append(manifest, 'd', name, "");
                if (Append(manifest, entry, $"{name}/", cancel) is { } obstacle)
                {
                    return obstacle;
                }

                if (FileLook.At(entry, followLink: false).Identity != identity)
                {
                    return FileReading.ChangedMeanwhile;
                }

                continue;
            }

            var reading = sight.Kind == EntryKind.Link ? ReadLink(entry) : files.ReadOnce(entry, sight.Kind, identity, followLink: false, cancel);
            if (reading.Digest is not { } digest)
            {
                return reading.Problem is { } problem ? FileReading.Failed($"{name}: {problem}") : reading;
            }

            Append(manifest, sight.Kind == EntryKind.Link ? 'l' : 'f', name, digest);
        }

        return null;
    }

    // Such as "f runs/1.csv\0xxh128:99aa…\0": no name and no link's text can have a zero byte inside.
    private static void Append(XxHash128 manifest, char kind, string name, string content) =>
        manifest.Append(Encoding.UTF8.GetBytes($"{kind} {name}\0{content}\0"));

    private static FileReading ReadLink(string path) =>
        new FileInfo(path).LinkTarget is { } target ? new FileReading(target, default) : FileReading.ChangedMeanwhile;
}
