using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Shared.Jobs;

namespace Torc.Agent.Journal;

/// <summary>
/// What was started and what ended, on disk, until the server has it. One keeper writes it; records are appended, and one
/// flush covers all that were appended with it.
/// </summary>
internal sealed class AttemptJournal : IDisposable
{
    private const long SmallEnough = 1 << 20;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly string _path;
    private readonly string _bootId;
    private readonly Dictionary<AttemptId, JournaledAttempt> _attempts = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private SafeFileHandle _file;
    private long _length;
    private long _lengthWhenCompacted;

    private AttemptJournal(string path, string bootId, SafeFileHandle file)
    {
        _path = path;
        _bootId = bootId;
        _file = file;
    }

    /// <summary>The attempts that are not forgotten.</summary>
    public IReadOnlyDictionary<AttemptId, JournaledAttempt> Attempts => _attempts;

    /// <summary>The boot of the machine that the journal was written in when it was opened; null for a new journal.</summary>
    public string? PreviousBootId { get; private set; }

    /// <summary>Reads what is there, and rewrites it with only what is still held.</summary>
    public static async Task<AttemptJournal> OpenAsync(string path, string bootId, CancellationToken cancel)
    {
        var journal = new AttemptJournal(path, bootId, new SafeFileHandle());
        if (File.Exists(path))
        {
            journal.Replay(await File.ReadAllBytesAsync(path, cancel));
        }

        await journal.CompactAsync(cancel);
        return journal;
    }

    /// <param name="durable">Return only when the records would survive a power failure.</param>
    /// <exception cref="IOException">The disk is full or broken. Nothing was appended: the same records may be tried again.</exception>
    public async Task AppendAsync(IReadOnlyCollection<JournalRecord> records, bool durable, CancellationToken cancel)
    {
        if (_length > SmallEnough && _length > 4 * _lengthWhenCompacted)
        {
            await CompactAsync(cancel);
        }

        var lines = Write(records);
        WriteAtEnd(lines.Span);
        if (durable && Libc.SyncData(_file) != 0)
        {
            throw new IOException($"{_path} could not be flushed: {Libc.Describe(Marshal.GetLastPInvokeError())}");
        }

        _length += lines.Length;
        foreach (var record in records)
        {
            Apply(record);
        }
    }

    public void Dispose() => _file.Dispose();

    private async Task CompactAsync(CancellationToken cancel)
    {
        List<JournalRecord> records = [new JournalRecord.Opened(_bootId)];
        foreach (var attempt in _attempts.Values)
        {
            records.Add(attempt.Given);
            records.AddRange(((JournalRecord?[])[attempt.Started, attempt.Ended]).OfType<JournalRecord>());
        }

        var content = Write(records);
        var file = await DurableFile.ReplaceAsync(_path, content, cancel);
        _file.Dispose();
        _file = file;
        _length = _lengthWhenCompacted = content.Length;
    }

    // A bare call: an asynchronous write to a file is another thread's synchronous one, and between an end and the next start
    // each change of threads counts. Always at the end as we know it, so that what a failed write left behind is written over.
    private unsafe void WriteAtEnd(ReadOnlySpan<byte> lines)
    {
        fixed (byte* start = lines)
        {
            for (nint written = 0; written < lines.Length;)
            {
                nint count = Libc.WriteAt(_file, start + written, lines.Length - written, _length + written);
                if (count < 0 && Marshal.GetLastPInvokeError() is not Libc.EIntr and var error)
                {
                    throw new IOException($"{_path} could not be written: {Libc.Describe(error)}");
                }

                written += Math.Max(count, 0);
            }
        }
    }

    private ReadOnlyMemory<byte> Write(IReadOnlyCollection<JournalRecord> records)
    {
        _buffer.ResetWrittenCount();
        foreach (var record in records)
        {
            _buffer.Write(JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord));
            _buffer.Write(NewLine);
        }

        return _buffer.WrittenMemory;
    }

    private void Replay(ReadOnlySpan<byte> content)
    {
        foreach (var line in content.Split((byte)'\n'))
        {
            if (TryRead(content[line]) is not { } record)
            {
                // A line is torn where a keeper was killed or the disk was full. What it would have said was not acted on yet:
                // a record counts only after the whole of it was flushed.
                continue;
            }

            Apply(record);
        }
    }

    private static JournalRecord? TryRead(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Apply(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.Opened opened:
                PreviousBootId = opened.BootId;
                break;
            case JournalRecord.Given given:
                _attempts.TryAdd(given.Attempt, new JournaledAttempt(given));
                break;
            case JournalRecord.Started started when _attempts.TryGetValue(started.Attempt, out var attempt):
                _attempts[started.Attempt] = attempt with { Started = started };
                break;
            case JournalRecord.Ended ended:
                var known = _attempts.GetValueOrDefault(ended.Report.Attempt);
                _attempts[ended.Report.Attempt] = new JournaledAttempt(
                    known?.Given ?? new JournalRecord.Given(ended.Report.Attempt, ended.Report.At, default, ""), known?.Started, ended);
                break;
            case JournalRecord.Forgotten forgotten:
                _attempts.Remove(forgotten.Attempt);
                break;
        }
    }
}
