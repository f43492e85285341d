using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Tests.Reruns;

/// <summary>Files that are texts in memory. Time passes with every touch of one.</summary>
internal sealed class MemoryShelf : IShelf
{
    private readonly Dictionary<string, (string Text, FileIdentity Identity)> _files = [];
    private readonly HashSet<string> _hidden = [];
    private long _clock = 1_000;

    public string WorkingDirectory { get; set; } = "/work";

    /// <summary>Whether anybody reads the files that jobs read and write.</summary>
    public bool IsRead { get; set; } = true;

    public string? Read(string path) => _files.TryGetValue(path, out var file) ? file.Text : null;

    public void Write(string path, string text)
    {
        _clock++;
        ulong inode = _files.TryGetValue(path, out var old) ? old.Identity.Inode : (ulong)_clock;
        _files[path] = (text, new FileIdentity(text.Length, _clock, _clock, inode, 1));
    }

    public void Forge(string path, string text)
    {
        var old = _files[path].Identity;
        Write(path, text);
        _files[path] = (text, _files[path].Identity with { ModifiedNs = old.ModifiedNs });
    }

    public void Replace(string path, string text)
    {
        Forge(path, text);
        _files[path] = (text, _files[path].Identity with { Inode = (ulong)_clock });
    }

    /// <summary>Writes within the same tick of the clock in which the file was written before.</summary>
    public void Slip(string path, string text) => _files[path] = _files[path] with { Text = text };

    /// <summary>Lets nobody look at a file.</summary>
    public void Hide(string path) => _hidden.Add(path);

    public void Show(string path) => _hidden.Remove(path);

    public void Touch(string path) => Write(path, _files[path].Text);

    public void Delete(string path) => _files.Remove(path);

    public void Move(string from, string to)
    {
        if (_files.Remove(from, out var file))
        {
            _files[to] = file with { Identity = file.Identity with { ChangedNs = ++_clock } };
        }
    }

    public AttemptFiles Witness(IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, Action command)
    {
        RecordedFile[] read = [.. inputs.Select(Record)];
        command();
        return FileRecords.Of(read, [.. inputs.Select(Record)], [.. outputs.Select(Record)]);
    }

    public JobResult Recall(JobResult result) => result;

    public IReadOnlyDictionary<string, FileFact> Look(IReadOnlyList<string> paths) => paths.ToDictionary(path => path, Fact);

    private FileFact Fact(string path) =>
        _hidden.Contains(path) ? new FileFact(path, FileState.Unknown, Problem: "nobody may look")
        : _files.TryGetValue(path, out var file) ? new FileFact(path, FileState.Present, file.Identity, $"text:{file.Text}") : new FileFact(path, FileState.Missing);

    private RecordedFile Record(string path)
    {
        var fact = Fact(path);
        return new RecordedFile(path, fact.State, fact.Identity, IsRead ? fact.Digest : null);
    }
}
