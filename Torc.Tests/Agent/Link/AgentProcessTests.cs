using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Torc.Agent.Client;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Link;

/// <summary>A real <c>torc agent</c> and its keeper, and a hub in this process that gives out jobs and writes down what it hears.</summary>
public sealed class AgentProcessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Record _record = new();
    private readonly List<DetachedProcess> _agents = [];
    private WebApplication _server = null!;
    private Spool _spool = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _spool = Spool.Open(_folder.At("data/agents/node"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_record);
        builder.Services
            .AddSignalR(options => options.MaximumReceiveMessageSize = 4 << 20)
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new System.Text.Json.JsonSerializerOptions(TorcJson.Default.Options));
        _server = builder.Build();
        _server.MapHub<FakeHub>(HubPaths.Agents);
        await _server.StartAsync(Cancel);
        await File.WriteAllTextAsync(_folder.At("data/token"), "secret\n", Cancel);
        var file = new ServerFile(_server.Urls.Single(), Environment.ProcessId, OtherProcess.StartTicks(Environment.ProcessId)!.Value);
        await File.WriteAllTextAsync(_folder.At("data/server.json"), JsonSerializer.Serialize(file, TorcJson.Default.ServerFile), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents.Where(agent => !agent.TryReap(out _)))
        {
            await KillAsync(agent);
        }

        if (File.Exists(_spool.KeeperPid) && int.TryParse(await File.ReadAllTextAsync(_spool.KeeperPid, Cancel), CultureInfo.InvariantCulture, out int keeper))
        {
            Processes.Terminate(keeper);
            await KeeperProcess.UntilGoneAsync(keeper);
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_agent_runs_what_the_hub_gives_it_and_reports_the_end()
    {
        _record.Give(Job(1, "echo $TORC_API_URL; exit 3"));
        StartAgent();

        var hello = await _record.Hellos.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Waiting.Patience, Cancel);
        var end = await EndOfAsync(1);

        Assert.Equal(await _spool.AgentIdAsync(Cancel), hello.AgentId);
        Assert.Equal((2, MemorySize.Mebibytes(100), "n1"), (hello.Capacity.Cpus, hello.Capacity.Memory, hello.NodeName));
        Assert.Equal("Bearer secret", _record.Authorization);
        Assert.Equal(new Outcome(OutcomeKind.Exit, 3), end.Outcome);
        var log = await _record.Client!.ReadLog(new LogRequest(end.Attempt, LogStream.Stdout, 0, 1000)).WaitAsync(Waiting.Patience, Cancel);
        Assert.Equal(_server.Urls.Single() + "\n", Encoding.UTF8.GetString(log.Content));
    }

    [Fact]
    public async Task A_job_outlives_its_agent_and_its_end_is_told_by_the_next()
    {
        _record.Give(Job(1, "echo $$ > me; until test -e stop; do sleep 0.01; done; exit 5"));
        var first = StartAgent();
        await KeeperProcess.Until(() => File.Exists(_folder.At("me")));

        await KillAsync(first);
        await File.WriteAllTextAsync(_folder.At("stop"), "", Cancel);
        StartAgent();

        Assert.Equal(5, (await EndOfAsync(1)).Outcome.ExitCode);
        var hellos = await _record.Hellos.Reader.ReadAllAsync(Cancel).Take(2).ToListAsync(Cancel);
        Assert.Equal([new AttemptId(new JobId(1), 1)], hellos[1].Held);
        Assert.True(hellos[1].Session > hellos[0].Session);
    }

    [Fact]
    public async Task A_keeper_that_was_killed_is_replaced_and_its_job_reported_lost()
    {
        _record.Give(Job(1, "echo $$ > me; sleep 300"));
        StartAgent();
        await KeeperProcess.Until(() => File.Exists(_folder.At("me")));
        int keeper = int.Parse(await File.ReadAllTextAsync(_spool.KeeperPid, Cancel), CultureInfo.InvariantCulture);

        Processes.Kill(keeper);

        Assert.Equal(OutcomeKind.NodeLost, (await EndOfAsync(1)).Outcome.Kind);
        int job = int.Parse(await File.ReadAllTextAsync(_folder.At("me"), Cancel), CultureInfo.InvariantCulture);
        Assert.False(ProcFolder.TryRead(job, out var info) && !info.IsZombie);
        _record.Give(Job(2, "true"));
        await _record.Client!.WorkAvailable();
        Assert.True((await EndOfAsync(2)).Outcome.Succeeded);
    }

    [Fact]
    public async Task An_agent_that_is_told_where_the_server_is_needs_no_file_for_it()
    {
        File.Delete(_folder.At("data/server.json"));

        StartAgent("--server", _server.Urls.Single());

        await _record.Hellos.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Waiting.Patience, Cancel);
    }

    [Fact]
    public async Task A_server_that_is_no_url_is_refused()
    {
        var agent = StartAgent("--server", "nowhere");

        int exitCode = -1;
        await KeeperProcess.Until(() => agent.TryReap(out exitCode));

        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_second_agent_leaves_the_spool_to_the_first()
    {
        StartAgent();
        await _record.Hellos.Reader.ReadAsync(Cancel).AsTask().WaitAsync(Waiting.Patience, Cancel);

        int exitCode = -1;
        var second = StartAgent();
        await KeeperProcess.Until(() => second.TryReap(out exitCode));

        Assert.Equal(0, exitCode);
        Assert.Contains("runs already", await File.ReadAllTextAsync(_spool.AgentLog, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detached_agent_has_its_spool_when_the_command_returns()
    {
        int exitCode = -1;
        var command = StartAgent("--detach");
        await KeeperProcess.Until(() => command.TryReap(out exitCode));

        int agent = int.Parse(await File.ReadAllTextAsync(_spool.AgentPid, Cancel), CultureInfo.InvariantCulture);
        Assert.Equal(0, exitCode);
        Assert.NotEqual(command.Pid, agent);
        Assert.True(ProcFolder.TryRead(agent, out var info) && info.Session == agent);
        Assert.Null(Spool.TryLock(_spool.AgentLock));
        Processes.Terminate(agent);
        await KeeperProcess.UntilGoneAsync(agent);
    }

    [Fact]
    public async Task Nobody_else_may_read_what_an_agent_writes_whatever_the_umask()
    {
        _record.Give(Job(1, "echo secret"));
        var agent = ThisProgram.CommandLine(Arguments());
        string line = $"umask 000; exec {string.Join(' ', agent.Select(word => $"'{word}'"))}";
        _agents.Add(DetachedProcess.Start(["/bin/sh", "-c", line], null, _folder.Path, _spool.AgentLog));
        await EndOfAsync(1);

        Assert.All(
            Directory.EnumerateFileSystemEntries(_spool.Folder, "*", SearchOption.AllDirectories),
            path => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & (UnixFileMode)0x3f));
    }

    private string[] Arguments(params string[] more) =>
        ["agent", "--data", _folder.At("data"), "--spool", _spool.Folder, "--cpus", "2", "--memory", "100m", "--name", "n1", .. more];

    private DetachedProcess StartAgent(params string[] more)
    {
        var agent = DetachedProcess.Start(ThisProgram.CommandLine(Arguments(more)), null, _folder.Path, _spool.AgentLog);
        _agents.Add(agent);
        return agent;
    }

    private static async Task KillAsync(DetachedProcess agent)
    {
        Processes.Kill(agent.Pid);
        await KeeperProcess.Until(() => agent.TryReap(out _));
    }

    private async Task<AttemptEnded> EndOfAsync(int job)
    {
        while (true)
        {
            var report = await _record.Reports.Reader.ReadAsync(Cancel).AsTask().WaitAsync(2 * Waiting.Patience, Cancel);
            if (report is AttemptEnded ended && ended.Attempt.Job.Value == job)
            {
                return ended;
            }
        }
    }

    private Assignment Job(int job, string command) => new(
        new AttemptId(new JobId(job), 1), new WorkflowId(3), 1, "fit", command, null, _folder.Path, new Dictionary<string, string>(), ResourceRequirements.Default, [], [], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), null);

    private sealed class Record
    {
        private readonly Channel<Assignment> _ready = Channel.CreateUnbounded<Assignment>();

        public Channel<AgentHello> Hellos { get; } = Channel.CreateUnbounded<AgentHello>();

        public Channel<AttemptReport> Reports { get; } = Channel.CreateUnbounded<AttemptReport>();

        public IAgentClient? Client { get; set; }

        public string? Authorization { get; set; }

        public void Give(Assignment job) => _ready.Writer.TryWrite(job);

        public Assignment[] Take() => _ready.Reader.TryRead(out var job) ? [job] : [];
    }

    private sealed class FakeHub(Record record, IHubContext<FakeHub, IAgentClient> clients) : Hub<IAgentClient>, IAgentHub
    {
        public Task<AgentWelcome> Hello(AgentHello hello)
        {
            record.Authorization = Context.GetHttpContext()?.Request.Headers.Authorization;
            record.Client = clients.Clients.Client(Context.ConnectionId);
            record.Hellos.Writer.TryWrite(hello);
            return Task.FromResult(new AgentWelcome(new NodeId(1), [], TimeSpan.FromMinutes(1)));
        }

        public Task<ReportAnswer> Report(AgentReport report)
        {
            foreach (var attempt in report.Attempts)
            {
                record.Reports.Writer.TryWrite(attempt);
            }

            return Task.FromResult(new ReportAnswer(record.Take(), [], []));
        }

        public Task SampleNode(IReadOnlyList<UsagePoint> points) => Task.CompletedTask;

        public Task Sample(IReadOnlyList<AttemptSample> samples) => Task.CompletedTask;

        public Task Digest(IReadOnlyList<FileDigest> digests) => Task.CompletedTask;
    }
}
