using Torc.Agent.Journal;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Journal;

public sealed class AttemptJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.At("journal");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        var end = new AttemptEnded(
            Attempt(1), Now, Now, new Outcome(OutcomeKind.Signal, 137, "SIGKILL"), new AttemptUsage(TimeSpan.FromSeconds(1.5), MemorySize.Mebibytes(3)));
        using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([Given(1), Given(2)], durable: true, Cancel);
            await journal.AppendAsync([Started(1), new JournalRecord.Ended(end)], durable: true, Cancel);
        }

        using var again = await OpenAsync();
        Assert.Equal(new JournaledAttempt(Given(1), Started(1), new JournalRecord.Ended(end)), again.Attempts[Attempt(1)]);
        Assert.Equal(new JournaledAttempt(Given(2)), again.Attempts[Attempt(2)]);
        Assert.Equal("boot", again.PreviousBootId);
    }

    [Fact]
    public async Task An_end_from_before_ends_told_of_files_is_read()
    {
        await System.IO.File.WriteAllTextAsync(
            File,
            """
            {"kind":"ended","report":{"attempt":"1.1","at":"2026-05-01T12:00:00+00:00","started_at":null,"outcome":{"kind":"exit","exit_code":0,"detail":null},"usage":{"cpu_time":"00:00:01","peak_memory":3}}}

            """,
            Cancel);

        using var journal = await OpenAsync();

        Assert.Null(journal.Attempts[Attempt(1)].Ended!.Report.Files);
    }

    [Theory]
    [InlineData("boot", "1.1")]
    [InlineData("next boot", "1.1, 2.1")]
    public async Task What_was_to_start_soon_counts_as_started_only_after_the_machine_was_started_anew(string boot, string known)
    {
        using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([Given(1) with { IsAhead = true }, Given(2) with { IsAhead = true }], durable: true, Cancel);
            await journal.AppendAsync([Given(1)], durable: false, Cancel);
        }

        using (var again = await OpenAsync(boot))
        {
            Assert.Equal(known, string.Join(", ", again.Attempts.Keys));
            Assert.DoesNotContain(again.Attempts.Values, attempt => attempt.WasNotStarted);
        }

        using var third = await OpenAsync(boot);
        Assert.Equal(known, string.Join(", ", third.Attempts.Keys));
    }

    [Fact]
    public async Task What_a_flush_did_not_bring_to_the_disk_is_written_anew()
    {
        using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([Given(1)], durable: true, Cancel);
        }

        var disk = new FullDisk(new JournalFile(File));
        using (var journal = await AttemptJournal.OpenAsync(disk, "boot", Cancel))
        {
            await journal.AppendAsync([Given(2)], durable: false, Cancel);
            disk.IsFull = true;
            await Assert.ThrowsAsync<IOException>(() => journal.FlushAsync(Cancel));
            await Assert.ThrowsAsync<IOException>(() => journal.FlushAsync(Cancel));
            disk.IsFull = false;
            await journal.FlushAsync(Cancel);
            Assert.Equal(2, disk.Replacements);
        }

        using var again = await OpenAsync();
        Assert.Equal([Attempt(1), Attempt(2)], again.Attempts.Keys.OrderBy(attempt => attempt.Job.Value));
    }

    [Fact]
    public async Task What_was_forgotten_is_gone()
    {
        using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([Given(1), Given(2), new JournalRecord.Forgotten(Attempt(1))], durable: true, Cancel);
        }

        using var again = await OpenAsync();
        Assert.Equal([Attempt(2)], again.Attempts.Keys);
    }

    [Theory]
    [InlineData("{\"kind\":\"given\",\"atte")]
    [InlineData("{\"kind\":\"ended\"}")]
    [InlineData("\0\0\0\0")]
    public async Task A_torn_last_line_costs_nothing_but_itself(string torn)
    {
        using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([Given(1)], durable: true, Cancel);
        }

        await System.IO.File.AppendAllTextAsync(File, torn, Cancel);

        using (var again = await OpenAsync())
        {
            Assert.Equal([Attempt(1)], again.Attempts.Keys);
            await again.AppendAsync([Given(2)], durable: true, Cancel);
        }

        using var third = await OpenAsync();
        Assert.Equal([Attempt(1), Attempt(2)], third.Attempts.Keys.Order(Comparer<AttemptId>.Create((a, b) => a.Job.Value.CompareTo(b.Job.Value))));
    }

    [Fact]
    public async Task A_journal_does_not_grow_with_what_is_forgotten()
    {
        using var journal = await OpenAsync();
        await journal.AppendAsync([Given(1)], durable: false, Cancel);
        for (int job = 2; job < 30_000; job += 100)
        {
            await journal.AppendAsync([.. Enumerable.Range(job, 100).SelectMany(number => (JournalRecord[])[Given(number), new JournalRecord.Forgotten(Attempt(number))])], durable: false, Cancel);
        }

        Assert.True(new FileInfo(File).Length < 2 << 20, $"{new FileInfo(File).Length} bytes");
        Assert.Equal([Attempt(1)], journal.Attempts.Keys);
    }

    [Fact]
    public async Task A_full_disk_can_be_read_and_takes_all_when_it_has_room_again()
    {
        using (var journal = await OpenAsync())
        {
            await journal.AppendAsync([Given(1), Started(1)], durable: true, Cancel);
        }

        var disk = new FullDisk(new JournalFile(File)) { IsFull = true };
        using (var journal = await AttemptJournal.OpenAsync(disk, "next boot", Cancel))
        {
            Assert.Equal([Attempt(1)], journal.Attempts.Keys);
            await Assert.ThrowsAsync<IOException>(() => journal.AppendAsync([Given(2)], durable: true, Cancel));
            disk.IsFull = false;
            await journal.AppendAsync([Given(2)], durable: true, Cancel);
        }

        using var again = await OpenAsync();
        Assert.Equal([Attempt(1), Attempt(2)], again.Attempts.Keys.OrderBy(attempt => attempt.Job.Value));
        Assert.Equal("next boot", again.PreviousBootId);
    }

    [Fact]
    public async Task Only_the_owner_may_read_it()
    {
        using var journal = await OpenAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    private static AttemptId Attempt(int job) => new(new JobId(job), 1);

    private static JournalRecord.Given Given(int job) => new(Attempt(job), Now, new WorkflowId(3), "fit");

    private static JournalRecord.Started Started(int job) => new(Attempt(job), Now, Pid: 4711, StartTicks: 99);

    private Task<AttemptJournal> OpenAsync(string boot = "boot") => AttemptJournal.OpenAsync(new JournalFile(File), boot, Cancel);

    private sealed class FullDisk(JournalFile file) : IJournalFile
    {
        public bool IsFull { get; set; }

        public Task<byte[]> ReadAsync(CancellationToken cancel) => file.ReadAsync(cancel);

        public int Replacements { get; private set; }

        public Task ReplaceAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
        {
            (IsFull ? throw Full() : this).Replacements++;
            return file.ReplaceAsync(content, cancel);
        }

        public void WriteAt(ReadOnlySpan<byte> content, long offset) => (IsFull ? throw Full() : file).WriteAt(content, offset);

        public void Flush() => (IsFull ? throw Full() : file).Flush();

        public void Dispose() => file.Dispose();

        private static IOException Full() => new("no space left on the device");
    }
}
