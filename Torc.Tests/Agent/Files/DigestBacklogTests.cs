using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Files;

public sealed class DigestBacklogTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<IReadOnlyList<FileDigest>> _sent = Channel.CreateUnbounded<IReadOnlyList<FileDigest>>();
    private readonly DigestBacklog _backlog;
    private Task _sending = Task.CompletedTask;

    public DigestBacklogTests() => _backlog = new DigestBacklog(new FileDigester(_time), _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_stop);
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_read_when_it_has_been_at_rest_and_its_digest_can_be_trusted()
    {
        Write("a", "text");
        Send(_stop.Token);
        End(1, "a");

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(_sent.Reader.TryRead(out _));
        _time.Advance(FileIdentity.ClockTick);

        var digest = Assert.Single(await NextAsync());
        Assert.Equal((new WorkflowId(3), "a", See("a").Identity), (digest.Workflow, digest.Path, digest.Identity));
        Assert.StartsWith("xxh128:", digest.Digest, StringComparison.Ordinal);
        Assert.True(digest.Identity.IsSettledAt(digest.At));
    }

    [Fact]
    public async Task A_file_that_many_attempts_read_is_read_once()
    {
        Write("a", "text");
        Write("b", "text");
        End(1, "a");
        End(2, "a");
        End(3, "a", "b");
        _time.Advance(FileIdentity.ClockTick);

        Send(_stop.Token);

        Assert.Equal(["a", "b"], (await NextAsync()).Select(digest => digest.Path));
    }

    [Fact]
    public async Task One_that_is_not_any_more_what_the_attempt_saw_is_left_out()
    {
        Write("a", "text");
        Write("b", "text");
        Write("c", "text");
        End(1, "a", "b", "c");

        Write("a", "other");
        File.Delete(_folder.At("b"));
        _time.Advance(FileIdentity.ClockTick);
        Send(_stop.Token);

        Assert.Equal(["c"], (await NextAsync()).Select(digest => digest.Path));
    }

    [Fact]
    public async Task One_from_the_future_is_read_all_the_same()
    {
        Write("a", "text");
        File.SetLastWriteTimeUtc(_folder.At("a"), new DateTime(2090, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        End(1, "a");
        _time.Advance(FileIdentity.ClockTick);

        Send(_stop.Token);

        Assert.Single(await NextAsync());
    }

    [Fact]
    public async Task What_could_not_be_sent_is_sent_over_the_next_connection()
    {
        Write("a", "text");
        End(1, "a");
        _time.Advance(FileIdentity.ClockTick);

        var broken = _backlog.SendAsync((_, _) => throw new IOException("the connection was lost"), Cancel, Cancel);
        await Assert.ThrowsAsync<IOException>(() => broken.WaitAsync(Waiting.Patience, Cancel));
        Send(_stop.Token);

        Assert.Single(await NextAsync());
    }

    [Fact]
    public async Task A_message_has_at_most_500()
    {
        string[] paths = [.. Enumerable.Range(0, 501).Select(number => $"file {number}")];
        foreach (string path in paths)
        {
            Write(path, path);
        }

        End(1, paths);
        _time.Advance(FileIdentity.ClockTick);
        Send(_stop.Token);

        Assert.Equal(500, (await NextAsync()).Count);
        Assert.Single(await NextAsync());
    }

    [Fact]
    public async Task Nothing_is_read_for_attempts_that_were_taken_back()
    {
        Write("a", "text");
        Write("b", "text");
        _backlog.Expect([Job(1), Job(2)]);

        _backlog.ExpectOnly([Attempt(2)]);
        _backlog.Add([Ended(1, "a"), Ended(2, "b")]);
        _time.Advance(FileIdentity.ClockTick);
        Send(_stop.Token);

        Assert.Equal(["b"], (await NextAsync()).Select(digest => digest.Path));
    }

    [Fact]
    public async Task A_connection_that_is_lost_while_it_waits_ends_the_sending_and_the_next_goes_on()
    {
        Write("a", "text");
        using var lost = new CancellationTokenSource();
        Send(lost.Token);
        End(1, "a");

        await EndAsync(lost);
        Send(_stop.Token);
        _time.Advance(FileIdentity.ClockTick + DigestBacklog.Gathering);

        Assert.Single(await NextAsync());
    }

    private void Send(CancellationToken cancel) => _sending = _backlog.SendAsync((digests, _) => _sent.Writer.WriteAsync(digests, CancellationToken.None).AsTask(), cancel, _stop.Token);

    private async Task EndAsync(CancellationTokenSource connection)
    {
        await connection.CancelAsync();
        await Task.WhenAny(_sending).WaitAsync(Waiting.Patience, CancellationToken.None);
    }

    private Task<IReadOnlyList<FileDigest>> NextAsync() => _sent.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Waiting.Patience, Cancel);

    private void End(int job, params string[] paths)
    {
        _backlog.Expect([Job(job)]);
        _backlog.Add([Ended(job, paths)]);
    }

    private AttemptEnded Ended(int job, params string[] paths) => new(
        Attempt(job), _time.GetUtcNow(), _time.GetUtcNow(), new Outcome(OutcomeKind.Exit, 0), AttemptUsage.None, new AttemptFiles([.. paths.Select(See)], []));

    private Assignment Job(int job) => new(
        Attempt(job), new WorkflowId(3), 1, "fit", "./fit", null, _folder.Path, new Dictionary<string, string>(), ResourceRequirements.Default, ["a"], [], null, TimeSpan.FromSeconds(30), null);

    private static AttemptId Attempt(int job) => new(new JobId(job), 1);

    private RecordedFile See(string path) => Assert.Single(FileRecords.See(_folder.Path, [path]));

    private void Write(string name, string text) => _folder.Write(name, text);
}
