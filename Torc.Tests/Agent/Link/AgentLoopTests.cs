using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Torc.Agent.Files;
using Torc.Agent.Link;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Link;

public sealed class AgentLoopTests : IAsyncLifetime
{
    private static readonly NodeCapacity Capacity = new(4, MemorySize.Gibibytes(8), 0);
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedKeeper _keeper = new();
    private readonly ScriptedHub _hub = new();
    private readonly ScriptedMachine _machine = new();
    private readonly FakeTimeProvider _fileTime = new(DateTimeOffset.UtcNow);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Waiting.Patience, Cancel);
        _folder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Hello_names_what_the_keeper_holds_and_the_first_report_tells_what_happened_before()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1), Attempt(2), Attempt(3)], [], [Started(1), Ended(2)]));

        var hello = await _hub.NextHelloAsync();
        var report = await _hub.NextReportAsync();

        Assert.Equal([Attempt(1), Attempt(2), Attempt(3)], hello.Held);
        Assert.Equal(new AgentSession(7, 1), hello.Session);
        Assert.Equal(hello.Session, report.Session);
        Assert.Equal([Started(1), Ended(2)], report.Attempts);
    }

    [Fact]
    public async Task The_first_report_asks_for_work_even_if_there_is_nothing_to_tell()
    {
        Start();
        await _hub.NextHelloAsync();

        Assert.Empty((await _hub.NextReportAsync()).Attempts);
        _hub.Answer(Job(1));

        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        Assert.Equal([Attempt(1)], Assert.IsType<RunAttempts>(await _keeper.NextAsync()).Attempts.Select(job => job.Attempt));
    }

    [Fact]
    public async Task What_the_server_knows_nothing_of_is_dropped_and_its_end_is_told_to_nobody()
    {
        _hub.Drop = [Attempt(2)];
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1), Attempt(2)], [], [Ended(1), Ended(2)]));
        await _hub.NextHelloAsync();

        var report = await _hub.NextReportAsync();
        _keeper.Tell(Ended(2));

        Assert.Equal([Ended(1)], report.Attempts);
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        Assert.Equal([Attempt(2)], Assert.IsType<DropAttempts>(await _keeper.NextAsync()).Attempts);
        _hub.Answer();
        Assert.Empty((await _hub.NextReportAsync()).Attempts);
    }

    [Fact]
    public async Task One_report_is_on_its_way_at_a_time_and_the_next_has_all_that_happened_meanwhile()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1), Attempt(2), Attempt(3)], [], []));
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();

        _keeper.Tell(Ended(1));
        _keeper.Tell(Ended(2), Ended(3));
        await _keeper.AllTakenAsync();
        Assert.Equal(1, _hub.ReportsOnTheirWay);
        _hub.Answer();

        Assert.Equal([Ended(1), Ended(2), Ended(3)], (await _hub.NextReportAsync()).Attempts);
    }

    [Fact]
    public async Task What_was_in_the_files_of_an_end_is_told_after_the_server_has_it_and_they_were_at_rest()
    {
        await File.WriteAllTextAsync(_folder.At("a"), "text", Cancel);
        Start();
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        _hub.Answer(Job(1) with { WorkingDirectory = _folder.Path, Inputs = ["a"] });
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        Assert.IsType<RunAttempts>(await _keeper.NextAsync());

        var files = FileRecords.See(_folder.Path, ["a"]);
        _keeper.Tell(Ended(1) with { Files = new AttemptFiles(files, []) });
        await _hub.NextReportAsync();
        // The file was written by the machine's clock, some time after this one began.
        _fileTime.Advance(FileIdentity.ClockTick + TimeSpan.FromMinutes(1));
        _hub.Answer();

        var digest = Assert.Single(await _hub.NextDigestsAsync());
        Assert.Equal((new WorkflowId(3), "a", files[0].Identity), (digest.Workflow, digest.Path, digest.Identity));
    }

    [Fact]
    public async Task The_hub_is_told_what_is_in_files_now()
    {
        await File.WriteAllTextAsync(_folder.At("a"), "text", Cancel);
        Start();
        await _hub.NextHelloAsync();

        var facts = await _hub.Client.InspectFiles(new FileInspection(_folder.Path, [new KnownFile("a"), new KnownFile("b")])).WaitAsync(Waiting.Patience, Cancel);

        Assert.Equal([FileState.Present, FileState.Missing], facts.Select(fact => fact.State));
        Assert.NotNull(facts[0].Digest);
    }

    [Fact]
    public async Task Ends_with_very_many_files_go_into_messages_of_their_own()
    {
        RecordedFile[] files = [.. Enumerable.Range(0, 3_000).Select(number => new RecordedFile($"file {number}", FileState.Missing))];
        AttemptEnded[] ends = [.. Enumerable.Range(1, 3).Select(job => Ended(job) with { Files = new AttemptFiles(files, []) })];
        Start(new KeeperState(MemoryGuard.Sampling, [.. ends.Select(end => end.Attempt)], [], ends));
        await _hub.NextHelloAsync();

        Assert.Equal([Attempt(1)], (await _hub.NextReportAsync()).Attempts.Select(report => report.Attempt));
        _hub.Answer();
        Assert.Equal([Attempt(2)], (await _hub.NextReportAsync()).Attempts.Select(report => report.Attempt));
        _hub.Answer();
        Assert.Equal([Attempt(3)], (await _hub.NextReportAsync()).Attempts.Select(report => report.Attempt));
    }

    [Fact]
    public async Task The_files_of_an_end_that_has_too_many_of_them_go_before_it_and_it_is_forgotten_only_when_all_were_heard()
    {
        RecordedFile[] files = [.. Enumerable.Range(0, 12_000).Select(number => new RecordedFile($"file {number}", FileState.Missing))];
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1)], [], [Ended(1) with { Files = new AttemptFiles(files, []) }]));
        await _hub.NextHelloAsync();
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        var heard = new List<RecordedFile>();
        while (Assert.Single((await _hub.NextReportAsync()).Attempts) is AttemptFilesSeen part)
        {
            heard.AddRange(part.Files.Inputs);
            Assert.False(_keeper.HasNext);
            _hub.Answer();
        }

        _hub.Answer();

        Assert.InRange(heard.Count, 8_000, 11_999);
        Assert.Equal([Attempt(1)], Assert.IsType<ForgetAttempts>(await _keeper.NextAsync()).Attempts);
    }

    [Fact]
    public async Task An_end_is_forgotten_only_after_the_server_has_it()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1)], [], [Ended(1)]));
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        Assert.False(_keeper.HasNext);

        _hub.Answer();

        Assert.Equal([Attempt(1)], Assert.IsType<ForgetAttempts>(await _keeper.NextAsync()).Attempts);
    }

    [Fact]
    public async Task What_a_lost_connection_swallowed_is_told_again_in_a_newer_session()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1)], [], [Ended(1)]));
        var first = await _hub.NextHelloAsync();
        await _hub.NextReportAsync();

        _hub.Break();

        var second = await _hub.NextHelloAsync();
        Assert.True(second.Session > first.Session);
        Assert.Equal([Attempt(1)], second.Held);
        Assert.Equal([Ended(1)], (await _hub.NextReportAsync()).Attempts);
        _hub.Answer();
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        Assert.IsType<ForgetAttempts>(await _keeper.NextAsync());
    }

    [Fact]
    public async Task An_assignment_counts_as_held_from_the_moment_it_arrived()
    {
        Start();
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        _hub.Answer(Job(1));
        await _keeper.NextAsync();
        await _keeper.NextAsync();

        _hub.Break();

        Assert.Equal([Attempt(1)], (await _hub.NextHelloAsync()).Held);
    }

    [Fact]
    public async Task An_assignment_reaches_the_keeper_even_if_the_line_breaks_with_the_answer()
    {
        Start();
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());

        _hub.BreaksWithTheAnswer = true;
        _hub.Answer(Job(1));

        Assert.Equal([Attempt(1)], Assert.IsType<RunAttempts>(await _keeper.NextAsync()).Attempts.Select(job => job.Attempt));
        Assert.Equal([Attempt(1)], (await _hub.NextHelloAsync()).Held);
    }

    [Fact]
    public async Task What_is_to_be_taken_back_is_asked_of_the_keeper_and_held_until_that_gave_it_back()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1), Attempt(2)], [], []));
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        Assert.IsType<KeeperSetup>(await _keeper.NextAsync());
        _hub.TakeBack(Attempt(2));

        Assert.Equal([Attempt(2)], Assert.IsType<ReturnAttempts>(await _keeper.NextAsync()).Attempts);
        _hub.Break();
        Assert.Equal([Attempt(1), Attempt(2)], (await _hub.NextHelloAsync()).Held);
        Assert.Empty((await _hub.NextReportAsync()).Attempts);
        _hub.Answer();

        _keeper.Tell(new AttemptReturned(Attempt(2), Now));
        Assert.Equal([new AttemptReturned(Attempt(2), Now)], (await _hub.NextReportAsync()).Attempts);
        _hub.Answer();
        await _hub.Client.WorkAvailable();
        await _hub.NextReportAsync();
        _hub.Break();
        Assert.Equal([Attempt(1)], (await _hub.NextHelloAsync()).Held);
    }

    [Fact]
    public async Task The_doorbell_asks_for_work_at_once()
    {
        Start();
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        _hub.Answer();

        await _hub.Client.WorkAvailable();

        Assert.Empty((await _hub.NextReportAsync()).Attempts);
    }

    [Fact]
    public async Task A_keeper_that_is_gone_makes_a_new_conversation_from_what_the_next_one_holds()
    {
        Start();
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        _hub.Answer(Job(1), Job(2));
        await _keeper.NextAsync();
        await _keeper.NextAsync();

        // The first was started and is lost with the keeper; the second never came that far, and goes back.
        var lost = Ended(1) with { Outcome = new Outcome(OutcomeKind.NodeLost) };
        _keeper.Hang(new KeeperState(MemoryGuard.Sampling, [Attempt(1)], [], [lost]));

        Assert.Equal([Attempt(1)], (await _hub.NextHelloAsync()).Held);
        Assert.Equal([lost], (await _hub.NextReportAsync()).Attempts);
    }

    [Fact]
    public async Task What_the_node_does_is_told_too()
    {
        _machine.Levels = new UsageLevels(312, MemorySize.Gibibytes(5));
        Start();

        await _hub.NextHelloAsync();

        Assert.Equal([_machine.Levels.Value], (await _hub.NextNodeSamplesAsync()).Select(point => point.Levels));
    }

    [Fact]
    public async Task What_the_gpus_do_is_told_to_the_keeper_while_attempts_have_some()
    {
        Start();
        await _hub.NextHelloAsync();
        await _keeper.NextAsync();
        Assert.False(_machine.IsWatched);

        _keeper.UseGpus(true);
        await Waiting.UntilAsync(() => Task.FromResult(_machine.IsWatched), isWatched => isWatched, "the GPUs are watched");
        var reading = new GpuReading(0, "GPU-a", 37, null);
        await _machine.Tell(reading);
        Assert.Equal(new GpuRead(reading), await _keeper.NextAsync());

        _keeper.UseGpus(false);
        await Waiting.UntilAsync(() => Task.FromResult(_machine.IsWatched), isWatched => !isWatched, "nobody watches the GPUs");
    }

    [Fact]
    public async Task Samples_that_were_taken_while_the_server_was_away_are_sent_before_anything_else_is_told()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1)], [], []));
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        var away = _hub.StayAway();
        _hub.Break();
        var samples = Enumerable.Range(0, 30).Select(second => new AttemptSample(Attempt(1), new UsagePoint(Now.AddSeconds(second), new UsageLevels(second, MemorySize.Mebibytes(3))))).ToArray();
        foreach (var sample in samples)
        {
            _keeper.Measure(sample);
        }

        _keeper.Tell(Ended(1));
        away.SetResult();

        await _hub.NextHelloAsync();
        var sent = new List<AttemptSample>();
        while (sent.Count < samples.Length)
        {
            sent.AddRange(await _hub.NextSamplesAsync());
        }

        Assert.Equal(samples, sent);
        Assert.Equal([Ended(1)], (await _hub.NextReportAsync()).Attempts);
    }

    [Fact]
    public async Task Samples_are_passed_on_while_somebody_listens()
    {
        Start(new KeeperState(MemoryGuard.Sampling, [Attempt(1)], [], []));
        await _hub.NextHelloAsync();
        await _hub.NextReportAsync();
        var sample = new AttemptSample(Attempt(1), new UsagePoint(Now, new UsageLevels(150, MemorySize.Mebibytes(3))));

        _keeper.Measure(sample);

        Assert.Equal([sample], await _hub.NextSamplesAsync());
    }

    private static AttemptId Attempt(int job) => new(new JobId(job), 1);

    private static AttemptStarted Started(int job) => new(Attempt(job), Now);

    private static AttemptEnded Ended(int job) => new(Attempt(job), Now, Now, new Outcome(OutcomeKind.Exit, 0), AttemptUsage.None);

    private static Assignment Job(int job) => new(
        Attempt(job), new WorkflowId(3), 1, "fit", "./fit", null, "/", new Dictionary<string, string>(), ResourceRequirements.Default, [], [], null, TimeSpan.FromSeconds(30), null);

    private void Start(KeeperState? state = null)
    {
        _keeper.State = state ?? new KeeperState(MemoryGuard.Sampling, [], [], []);
        var identity = new AgentIdentity("a1", Epoch: 7, "node", "1.0", Capacity);
        var loop = new AgentLoop(identity, _keeper, _hub, new LogReader(Spool.Open(_folder.At("spool")).LogFile, TimeProvider.System), new NodeFiles(_fileTime), _machine, TimeProvider.System, new Random(1), NullLogger<AgentLoop>.Instance);
        _running = loop.RunAsync(_stop.Token);
    }

    /// <summary>Takes what the agent asks for, and tells what the test says.</summary>
    private sealed class ScriptedKeeper : IKeeperConnector
    {
        private readonly Channel<KeeperRequest> _requests = Channel.CreateUnbounded<KeeperRequest>();
        private Channel<KeeperNews> _news = Channel.CreateUnbounded<KeeperNews>();

        public KeeperState State { get; set; } = new(MemoryGuard.Sampling, [], [], []);

        public bool HasNext => _requests.Reader.TryPeek(out _);

        public Task<IKeeperLink> OpenAsync(CancellationToken cancel)
        {
            _news = Channel.CreateUnbounded<KeeperNews>();
            _news.Writer.TryWrite(State);
            return Task.FromResult<IKeeperLink>(new Link(_requests.Writer, _news.Reader));
        }

        public void Tell(params AttemptReport[] reports) => _news.Writer.TryWrite(new KeeperReports(reports));

        public void UseGpus(bool areUsed) => _news.Writer.TryWrite(new KeeperGpus(areUsed));

        public void Measure(params AttemptSample[] samples) => _news.Writer.TryWrite(new KeeperSamples(samples));

        /// <summary>Ends the connection; the next one finds another keeper.</summary>
        public void Hang(KeeperState next)
        {
            State = next;
            _news.Writer.Complete();
        }

        public Task<KeeperRequest> NextAsync() => _requests.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Waiting.Patience, Cancel);

        /// <summary>Waits until the agent has read all that was told.</summary>
        public async Task AllTakenAsync()
        {
            // The agent asks for the next news only after it dealt with the one before: one that is taken says so of the others.
            _news.Writer.TryWrite(new KeeperSamples([]));
            await KeeperProcess.Until(() => _news.Reader.Count == 0);
        }

        private sealed class Link(ChannelWriter<KeeperRequest> requests, ChannelReader<KeeperNews> news) : IKeeperLink
        {
            public Task SendAsync(KeeperRequest request, CancellationToken cancel) => requests.WriteAsync(request, cancel).AsTask();

            public IAsyncEnumerable<KeeperNews> ReadAllAsync(CancellationToken cancel) => news.ReadAllAsync(cancel);

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    /// <summary>Hands what the agent says to the test, and holds each report until the test answers it or breaks the connection.</summary>
    private sealed class ScriptedHub : IHubConnector
    {
        private readonly Channel<AgentHello> _hellos = Channel.CreateUnbounded<AgentHello>();
        private readonly Channel<AgentReport> _reports = Channel.CreateUnbounded<AgentReport>();
        private readonly Channel<IReadOnlyList<AttemptSample>> _samples = Channel.CreateUnbounded<IReadOnlyList<AttemptSample>>();
        private readonly Channel<IReadOnlyList<UsagePoint>> _nodeSamples = Channel.CreateUnbounded<IReadOnlyList<UsagePoint>>();
        private readonly Channel<IReadOnlyList<FileDigest>> _digests = Channel.CreateUnbounded<IReadOnlyList<FileDigest>>();
        private TaskCompletionSource<ReportAnswer> _answer = new();
        private Link? _link;
        private int _reportsOnTheirWay;
        private Task _isThere = Task.CompletedTask;

        public IReadOnlyList<AttemptId> Drop { get; set; } = [];

        /// <summary>The next answer arrives, and with it the connection is gone.</summary>
        public bool BreaksWithTheAnswer { get; set; }

        public IAgentClient Client { get; private set; } = null!;

        public int ReportsOnTheirWay => Volatile.Read(ref _reportsOnTheirWay);

        /// <summary>Nobody gets a connection before this is set.</summary>
        public TaskCompletionSource StayAway()
        {
            var away = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _isThere = away.Task;
            return away;
        }

        public async Task<IHubLink> OpenAsync(IAgentClient client, CancellationToken cancel)
        {
            await _isThere.WaitAsync(cancel);
            Client = client;
            _answer = new TaskCompletionSource<ReportAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            _link = new Link(this);
            return _link;
        }

        public void Answer(params Assignment[] start) => Answer(new ReportAnswer(start, [], []));

        public void TakeBack(params AttemptId[] attempts) => Answer(new ReportAnswer([], [], attempts));

        private void Answer(ReportAnswer answer)
        {
            var answered = _answer;
            _answer = new TaskCompletionSource<ReportAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Decrement(ref _reportsOnTheirWay);
            answered.SetResult(answer);
        }

        public void Break()
        {
            // The agent gives the link back as soon as it notices either, and opens the next one.
            var answer = _answer;
            Interlocked.Exchange(ref _reportsOnTheirWay, 0);
            _link!.Break();
            answer.TrySetException(new IOException("the connection was lost"));
        }

        public Task<AgentHello> NextHelloAsync() => NextAsync(_hellos);

        public Task<AgentReport> NextReportAsync() => NextAsync(_reports);

        public Task<IReadOnlyList<AttemptSample>> NextSamplesAsync() => NextAsync(_samples);

        public Task<IReadOnlyList<UsagePoint>> NextNodeSamplesAsync() => NextAsync(_nodeSamples);

        public Task<IReadOnlyList<FileDigest>> NextDigestsAsync() => NextAsync(_digests);

        private static Task<T> NextAsync<T>(Channel<T> channel) => channel.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Waiting.Patience, Cancel);

        private sealed class Link(ScriptedHub hub) : IHubLink
        {
            private readonly CancellationTokenSource _lost = new();

            public string ApiUrl => "http://server";

            public CancellationToken Lost => _lost.Token;

            public void Break() => _lost.CancelAfter(TimeSpan.Zero);

            public Task<AgentWelcome> HelloAsync(AgentHello hello, CancellationToken cancel)
            {
                hub._hellos.Writer.TryWrite(hello);
                return Task.FromResult(new AgentWelcome(new NodeId(1), hub.Drop, TimeSpan.FromMinutes(1)));
            }

            public async Task<ReportAnswer> ReportAsync(AgentReport report, CancellationToken cancel)
            {
                var waiting = hub._answer.Task;
                Interlocked.Increment(ref hub._reportsOnTheirWay);
                hub._reports.Writer.TryWrite(report);
                var answer = await waiting.WaitAsync(cancel);
                if (hub.BreaksWithTheAnswer)
                {
                    hub.BreaksWithTheAnswer = false;
                    await _lost.CancelAsync();
                }

                return answer;
            }

            public Task SampleAsync(IReadOnlyList<AttemptSample> samples, CancellationToken cancel)
            {
                hub._samples.Writer.TryWrite(samples);
                return Task.CompletedTask;
            }

            public Task SampleNodeAsync(IReadOnlyList<UsagePoint> points, CancellationToken cancel)
            {
                hub._nodeSamples.Writer.TryWrite(points);
                return Task.CompletedTask;
            }

            public Task DigestAsync(IReadOnlyList<FileDigest> digests, CancellationToken cancel)
            {
                hub._digests.Writer.TryWrite(digests);
                return Task.CompletedTask;
            }

            public ValueTask DisposeAsync()
            {
                _lost.Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }

    private sealed class ScriptedMachine : IMachineUse
    {
        private volatile Func<GpuReading, Task>? _tell;

        public UsageLevels? Levels { get; set; }

        public bool IsWatched => _tell is not null;

        public UsageLevels? Look() => Levels;

        public Task Tell(GpuReading reading) => _tell!(reading);

        public async Task WatchGpusAsync(Func<GpuReading, Task> tell, CancellationToken cancel)
        {
            _tell = tell;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith(_ => _tell = null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
