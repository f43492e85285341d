using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Reruns;

/// <summary>
/// Real files in a folder, seen as a node sees them: the keeper's look around a command, the agent's readings, and what the server keeps of
/// both: identities for each attempt, and for each path and identity the newest reading.
/// </summary>
[SuppressMessage("Design", "MA0045", Justification = "Stories are told to one reader, who has nothing else to do.")]
internal sealed class NodeShelf(TemporaryFolder folder) : IShelf
{
    private readonly NodeFiles _node = new(TimeProvider.System);
    private readonly Dictionary<(string Path, FileIdentity Identity), KnownContent> _contents = [];
    private int _spares;

    public string WorkingDirectory => folder.Path;

    public string? Read(string path)
    {
        string at = folder.At(path);
        if (!IsFolder(path))
        {
            return File.Exists(at) ? File.ReadAllText(at) : null;
        }

        return Directory.Exists(at) ? string.Join('\n', Enumerable.Range(0, int.MaxValue).Select(line => Part(at, line)).TakeWhile(File.Exists).Select(File.ReadAllText)) : null;
    }

    public void Write(string path, string text) => Parts(folder.At(path), path, text, Put);

    public void Forge(string path, string text) => Parts(
        folder.At(path),
        path,
        text,
        (at, content) =>
        {
            var time = File.GetLastWriteTimeUtc(at);
            Put(at, content);
            Change(at, () => File.SetLastWriteTimeUtc(at, time));
        });

    public void Replace(string path, string text)
    {
        string spare = folder.At($"spare{++_spares}{Path.GetExtension(path)}");
        Parts(spare, path, text, Put);
        if (IsFolder(path))
        {
            Directory.SetLastWriteTimeUtc(spare, Directory.GetLastWriteTimeUtc(folder.At(path)));
            Directory.Delete(folder.At(path), recursive: true);
            Directory.Move(spare, folder.At(path));
        }
        else
        {
            File.SetLastWriteTimeUtc(spare, File.GetLastWriteTimeUtc(folder.At(path)));
            File.Move(spare, folder.At(path), overwrite: true);
        }
    }

    public void Touch(string path)
    {
        string at = IsFolder(path) ? Part(folder.At(path), 0) : folder.At(path);
        Change(at, () => File.SetLastWriteTimeUtc(at, DateTime.UtcNow));
    }

    public void Delete(string path)
    {
        if (IsFolder(path))
        {
            Directory.Delete(folder.At(path), recursive: true);
        }
        else
        {
            File.Delete(folder.At(path));
        }
    }

    public void Move(string from, string to)
    {
        if (Read(from) is not null)
        {
            if (Read(to) is not null)
            {
                Delete(to);
            }

            Directory.Move(folder.At(from), folder.At(to));
        }
    }

    public AttemptFiles Witness(IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, Action command)
    {
        var before = FileRecords.See(WorkingDirectory, inputs);
        command();
        return FileRecords.Of(before, FileRecords.See(WorkingDirectory, inputs), FileRecords.See(WorkingDirectory, outputs));
    }

    public JobResult Recall(JobResult result) => result with { Inputs = [.. result.Inputs.Select(Recall)], Outputs = [.. result.Outputs.Select(Recall)] };

    public IReadOnlyDictionary<string, FileFact> Look(IReadOnlyList<string> paths)
    {
        var known = new KnownContents(_contents.Values);
        var inspection = new FileInspection(WorkingDirectory, [.. paths.Select(path => new KnownFile(path, known.IdentityOf(path)))]);
        var cancel = TestContext.Current.CancellationToken;
        var told = _node.InspectAsync(inspection, cancel).WaitAsync(Waiting.Patience, cancel).GetAwaiter().GetResult();
        foreach (var fact in told)
        {
            if (fact is { Identity: { } identity, Digest: { } digest, ReadAt: { } readAt })
            {
                _contents[(fact.Path, identity)] = new KnownContent(fact.Path, identity, digest, readAt);
            }
        }

        return told.Concat(paths.Except(told.Select(fact => fact.Path)).Select(known.FactOf)).ToDictionary(fact => fact.Path);
    }

    private RecordedFile Recall(RecordedFile record) =>
        record.Identity is { } identity ? record with { Digest = _contents.GetValueOrDefault((record.Path, identity))?.Digest } : record;

    private static bool IsFolder(string path) => path.EndsWith(".d", StringComparison.Ordinal);

    private static string Part(string at, int line) => Path.Combine(at, "deep", $"{line}.txt");

    /// <summary>Does with each file of a folder what is to be done with a file, and leaves those alone that are as they should be.</summary>
    private static void Parts(string at, string path, string text, Action<string, string> put)
    {
        if (!IsFolder(path))
        {
            put(at, text);
            return;
        }

        Directory.CreateDirectory(Path.Combine(at, "deep"));
        string[] lines = text.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            if (!File.Exists(Part(at, line)) || File.ReadAllText(Part(at, line)) != lines[line])
            {
                put(Part(at, line), lines[line]);
            }
        }

        for (int line = lines.Length; File.Exists(Part(at, line)); line++)
        {
            File.Delete(Part(at, line));
        }
    }

    private static void Put(string at, string text) => Change(at, () => File.WriteAllText(at, text));

    // Within one tick of its clock a file system cannot tell two changes from one. Nobody is so quick but a test.
    private static void Change(string at, Action change)
    {
        var before = FileLook.At(at).Identity;
        var began = Stopwatch.StartNew();
        do
        {
            Assert.True(began.Elapsed < Waiting.Patience, $"the clock of the file system stands still: {at}");
            change();
        }
        while (before is not null && FileLook.At(at).Identity == before);
    }
}
