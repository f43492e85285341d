using System.Buffers;
using System.Text.Json;
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

    private readonly IJournalFile _file;
    private readonly string _bootId;
    private readonly Dictionary<AttemptId, JournaledAttempt> _attempts = [];
    private ArrayBufferWriter<byte> _buffer = new();
    private long _length;
    private long _lengthWhenCompacted;
    private bool _mustBeRewritten;

    private AttemptJournal(IJournalFile file, string bootId)
    {
        _file = file;
        _bootId = bootId;
    }

    /// <summary>The attempts that are not forgotten.</summary>
    public IReadOnlyDictionary<AttemptId, JournaledAttempt> Attempts => _attempts;

    /// <summary>The boot of the machine that the journal was written in when it was opened; null for a new journal.</summary>
    public string? PreviousBootId { get; private set; }

    /// <summary>Reads what is there, and rewrites it with only what is still held.</summary>
    /// <param name="file">The journal's own from now on.</param>
    public static async Task<AttemptJournal> OpenAsync(IJournalFile file, string bootId, CancellationToken cancel)
    {
        var journal = new AttemptJournal(file, bootId);
        journal.Replay(await file.ReadAsync(cancel));
        journal.SettleGivenAhead();
        try
        {
            await journal.CompactAsync(cancel);
        }
        catch (IOException)
        {
            // Where the disk is full it can still be read, and what an earlier keeper left running has to be ended now.
            journal._mustBeRewritten = true;
        }

        return journal;
    }

    /// <param name="durable">Return only when the records would survive a power failure.</param>
    /// <exception cref="IOException">The disk is full or broken. Nothing was appended: the same records may be tried again.</exception>
    public async Task AppendAsync(IReadOnlyCollection<JournalRecord> records, bool durable, CancellationToken cancel)
    {
        if (_mustBeRewritten || (_length > SmallEnough && _length > 4 * _lengthWhenCompacted))
        {
            await CompactAsync(cancel);
        }

        var lines = Write(records);

        // Always at the end as we know it, so that what a failed write left behind is written over.
        _file.WriteAt(lines.Span, _length);
        if (durable)
        {
            FlushFile();
        }

        _length += lines.Length;
        foreach (var record in records)
        {
            Apply(record);
        }
    }

    /// <summary>Returns when all that was appended would survive a power failure.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task FlushAsync(CancellationToken cancel)
    {
        if (_mustBeRewritten)
        {
            await CompactAsync(cancel);
        }
        else
        {
            FlushFile();
        }
    }

    public void Dispose() => _file.Dispose();

    private void FlushFile()
    {
        try
        {
            _file.Flush();
        }
        catch (IOException)
        {
            // What a flush could not write, the next one does not write either: Linux says so once, and takes it for written.
            _mustBeRewritten = true;
            throw;
        }
    }

    private async Task CompactAsync(CancellationToken cancel)
    {
        List<JournalRecord> records = [new JournalRecord.Opened(_bootId)];
        foreach (var attempt in _attempts.Values)
        {
            records.Add(attempt.Given);
            records.AddRange(((JournalRecord?[])[attempt.Started, attempt.Ended]).OfType<JournalRecord>());
        }

        var content = Write(records);
        await _file.ReplaceAsync(content, cancel);
        _length = _lengthWhenCompacted = content.Length;
        _mustBeRewritten = false;
    }

    private ReadOnlyMemory<byte> Write(IReadOnlyCollection<JournalRecord> records)
    {
        if (_buffer.Capacity > SmallEnough)
        {
            // The end of an attempt with very many files comes seldom, and should not be paid for ever after.
            _buffer = new();
        }

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

    // While the machine runs, all that was written is there. When it was started anew, what was not flushed may be missing: that an attempt
    // started.
    private void SettleGivenAhead()
    {
        bool isComplete = PreviousBootId == _bootId;
        foreach (var (id, attempt) in _attempts.Where(attempt => attempt.Value.WasNotStarted).ToList())
        {
            if (isComplete)
            {
                _attempts.Remove(id);
            }
            else
            {
                _attempts[id] = new JournaledAttempt(attempt.Given with { IsAhead = false });
            }
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
                if (_attempts.GetValueOrDefault(given.Attempt) is not { WasNotStarted: false })
                {
                    _attempts[given.Attempt] = new JournaledAttempt(given);
                }

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
