using System.Threading.Channels;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>
/// The files of attempts that the server has heard of and whose content it has not. They are read by and by, one at a time, each
/// when it has been at rest. What is lost here costs time only: the server asks for what it needs to know. Safe to use from any thread.
/// </summary>
internal sealed class DigestBacklog(FileDigester digester, TimeProvider time)
{
    private const int MostFiles = 100_000;
    private const int MostAtOnce = 500;

    /// <summary>So long the first waits for others to be read and sent with: a thread and a message for each file would cost more than the reading.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(0.5);

    /// <summary>Until then what was read waits for more to be sent with.</summary>
    private static readonly TimeSpan ReadingFor = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<AttemptId, (WorkflowId Workflow, string WorkingDirectory)> _places = [];
    private readonly Queue<(AttemptFile File, DateTimeOffset DueAt)> _waiting = new();
    private readonly RecentSet<AttemptFile> _seen = new(MostFiles);
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What was read and not sent yet. Belongs to the reading, and between two of them to the one who sends.</summary>
    private readonly List<FileDigest> _read = [];

    /// <summary>Goes on when the connection is lost, as a read cannot be called back.</summary>
    private Task? _reading;

    /// <summary>Reports of these attempts may come, and say nothing of where their files are.</summary>
    public void Expect(IReadOnlyList<Assignment> assignments)
    {
        foreach (var assignment in assignments)
        {
            if (assignment.Inputs.Count + assignment.Outputs.Count > 0)
            {
                lock (_gate)
                {
                    _places[assignment.Attempt] = (assignment.Workflow, assignment.WorkingDirectory);
                }
            }
        }
    }

    /// <summary>No reports come of other attempts than these.</summary>
    public void ExpectOnly(IReadOnlyList<AttemptId> held)
    {
        lock (_gate)
        {
            if (_places.Count > 0)
            {
                var known = held.ToHashSet();
                foreach (var gone in _places.Keys.Where(attempt => !known.Contains(attempt)).ToList())
                {
                    _places.Remove(gone);
                }
            }
        }
    }

    /// <summary>Takes the files of reports that the server has.</summary>
    public void Add(IReadOnlyList<AttemptReport> reports)
    {
        bool isNew = false;
        foreach (var report in reports)
        {
            var files = report switch
            {
                AttemptFilesSeen seen => seen.Files,
                AttemptEnded ended => ended.Files,
                _ => null,
            };
            lock (_gate)
            {
                if (files is not null && _places.TryGetValue(report.Attempt, out var place))
                {
                    isNew |= Add(place.Workflow, place.WorkingDirectory, files.Inputs) | Add(place.Workflow, place.WorkingDirectory, files.Outputs);
                }

                if (report is AttemptEnded)
                {
                    _places.Remove(report.Attempt);
                }
            }
        }

        if (isNew)
        {
            _bell.Writer.TryWrite(true);
        }
    }

    /// <summary>Reads files and sends what was in them until it is canceled. To be called again only after it has returned.</summary>
    /// <param name="stop">Ends the reading too, which otherwise the next call goes on with.</param>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task SendAsync(Func<IReadOnlyList<FileDigest>, CancellationToken, Task> send, CancellationToken cancel, CancellationToken stop)
    {
        while (true)
        {
            if (_reading is null && _read.Count == 0)
            {
                await SomethingDueAsync(cancel);
                _reading = Aside.RunAsync(() => ReadWhatIsDue(stop), stop);
            }

            if (_reading is { } reading)
            {
                await ((Task)Task.WhenAny(reading)).WaitAsync(cancel);
                _reading = null;
                if (!reading.IsCanceled)
                {
                    await reading;
                }
            }

            if (_read.Count > 0)
            {
                await send([.. _read], cancel);
                _read.Clear();
            }
        }
    }

    private bool Add(WorkflowId workflow, string workingDirectory, IReadOnlyList<RecordedFile> files)
    {
        bool isNew = false;
        var now = time.GetUtcNow();
        foreach (var file in files)
        {
            if (file.Identity is { } identity && new AttemptFile(workflow, workingDirectory, file.Path, identity) is var added && _seen.Add(added))
            {
                isNew = true;
                _waiting.Enqueue((added, now + RestOf(identity, now)));
                if (_waiting.Count > MostFiles)
                {
                    _waiting.Dequeue();
                }
            }
        }

        return isNew;
    }

    /// <summary>How long until the file has been at rest. One from the future, as some archives have them, gets no longer than others.</summary>
    private static TimeSpan RestOf(FileIdentity identity, DateTimeOffset now)
    {
        if (identity.IsSettledAt(now))
        {
            return TimeSpan.Zero;
        }

        long age = now.ToUnixTimeMilliseconds() - (Math.Max(identity.ModifiedNs, identity.ChangedNs) / 1_000_000);
        return age < 0 ? FileIdentity.ClockTick : FileIdentity.ClockTick - TimeSpan.FromMilliseconds(age);
    }

    private async Task SomethingDueAsync(CancellationToken cancel)
    {
        while (true)
        {
            _bell.Reader.TryRead(out _);
            if (First() is not { } first)
            {
                await _bell.Reader.WaitToReadAsync(cancel);
                continue;
            }

            var rest = first.DueAt - time.GetUtcNow();
            if (rest <= TimeSpan.Zero)
            {
                return;
            }

            // A clock that was set back keeps nobody longer than that.
            await Task.Delay((rest < FileIdentity.ClockTick ? rest : FileIdentity.ClockTick) + Gathering, time, cancel);
        }
    }

    private (AttemptFile File, DateTimeOffset DueAt)? First()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out var first) ? first : null;
        }
    }

    private void ReadWhatIsDue(CancellationToken stop)
    {
        long began = time.GetTimestamp();
        while (_read.Count < MostAtOnce && time.GetElapsedTime(began) < ReadingFor && First() is { } first && first.DueAt <= time.GetUtcNow())
        {
            try
            {
                if (Read(first.File, stop) is { } digest)
                {
                    _read.Add(digest);
                }
            }
            finally
            {
                if (!stop.IsCancellationRequested)
                {
                    Remove(first.File);
                }
            }
        }
    }

    private void Remove(AttemptFile file)
    {
        lock (_gate)
        {
            // Unless it was dropped meanwhile, as the oldest of too many.
            if (_waiting.TryPeek(out var first) && ReferenceEquals(first.File, file))
            {
                _waiting.Dequeue();
            }
        }
    }

    /// <returns>Null if it is not any more what the attempt saw, or cannot be read.</returns>
    private FileDigest? Read(AttemptFile file, CancellationToken stop)
    {
        if (FileLook.At(file.WorkingDirectory, file.Path).Identity != file.Identity)
        {
            return null;
        }

        var fact = digester.Read(file.WorkingDirectory, file.Path, stop);
        return fact is { Digest: { } digest, ReadAt: { } readAt } && fact.Identity == file.Identity
            ? new FileDigest(file.Workflow, file.Path, file.Identity, digest, readAt)
            : null;
    }
}
