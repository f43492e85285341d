using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Web.Data;
using Torc.Web.Engine;
using Torc.Web.Live;
using Torc.Web.Reruns;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>A server's engine on a database of its own, without the server around it. It can be killed and started again.</summary>
internal sealed class EngineHost : IAsyncDisposable, IAgentDoorbell
{
    private readonly DirectoryInfo _folder;
    private readonly SqliteStore _database;
    private readonly List<string> _bells = [];
    private readonly TimeSpan _ahead;
    private CommitStore _commits = null!;

    private EngineHost(string? folder, string? networkFileSystem, DiskOptions disk, TimeSpan ahead)
    {
        _ahead = ahead;
        _folder = folder is null ? Directory.CreateTempSubdirectory("torc-engine-") : Directory.CreateDirectory(folder);
        _database = new SqliteStore(Database, networkFileSystem);
        Disk = new DatabaseDisk(Database, Options.Create(disk));
    }

    /// <summary>The file.</summary>
    public string Database => Path.Combine(_folder.FullName, "torc.db");

    public DatabaseDisk Disk { get; }

    public WorkflowEngine Engine { get; private set; } = null!;

    public WorkflowStore Store { get; private set; } = null!;

    public WorkflowQueries Queries { get; private set; } = null!;

    public ResultQueries Results => new(_database.Open);

    public RunQueries Runs => new(_database.Open);

    /// <summary>What the server's clock says.</summary>
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    public LiveFeed Feed { get; } = new(TimeProvider.System);

    public IReadOnlyList<string> Bells
    {
        get
        {
            lock (_bells)
            {
                return [.. _bells];
            }
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="folder">Where the database lies; by default a folder of its own.</param>
    /// <param name="networkFileSystem">The file system on which it is said to lie.</param>
    /// <param name="ahead">For how long nodes get jobs before they have room for them.</param>
    public static async Task<EngineHost> StartAsync(string? folder = null, string? networkFileSystem = null, DiskOptions? disk = null, TimeSpan ahead = default)
    {
        var host = new EngineHost(folder, networkFileSystem, disk ?? new DiskOptions(), ahead);
        await host._database.PrepareAsync(Cancel);
        await host.StartEngineAsync();
        return host;
    }

    /// <summary>What was not committed is gone; the database is all that the next engine gets.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await Engine.StopAsync(Cancel);
        await _commits.DisposeAsync();
        await StartEngineAsync();
    }

    public async Task<WorkflowId> CreateAsync(WorkflowDefinition definition, bool start = true) =>
        await Engine.ChangeAsync(
            (state, commit, now) =>
            {
                var workflow = state.Create(definition, "/scratch", new SpecSource("spec.json", "{}"), now, commit);
                if (start)
                {
                    state.TryStart(workflow, "ann", now, commit);
                }

                return workflow.State.Id;
            },
            Cancel);

    /// <summary>Writes where each job of a workflow stands, by the store.</summary>
    public async Task<string> StatusesAsync(WorkflowId workflow) =>
        string.Join(", ", (await Queries.JobsAsync(workflow, Cancel)).Select(job => $"{job.Name} {job.Status}"));

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Foreign Keys=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<string> ReadTextAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database}");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync(Cancel)}";
    }

    public TorcDbContext Open() => _database.Open();

    public FakeAgent Agent(int cpus, int epoch = 1, int node = 1) => new(this, cpus, epoch, node);

    public void Ring(IReadOnlyList<string> connections)
    {
        lock (_bells)
        {
            _bells.AddRange(connections);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.StopAsync(CancellationToken.None);
        Engine.Dispose();
        await _commits.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task StartEngineAsync()
    {
        _commits = new CommitStore(_database.Open);
        Store = new WorkflowStore(_database.Open);
        Engine = new WorkflowEngine(new SteadyStore(new EngineStore(Store, _commits), Disk, new StoreHealth(Disk, TimeProvider.System)), Feed, this, Options.Create(new EngineOptions { Ahead = _ahead }), Clock, NullLogger<WorkflowEngine>.Instance);
        Queries = new WorkflowQueries(_database.Open, Store, Engine);
        await Engine.StartAsync(Cancel);
    }

    /// <summary>An agent that runs nothing: the test says how each attempt ends.</summary>
    internal sealed class FakeAgent(EngineHost host, int cpus, int epoch, int node)
    {
        private readonly List<AttemptId> _held = [];
        private AgentSession _session = new(epoch, 0);
        private NodeId _node;
        private int _sequence;

        /// <summary>What it says in its next hello that it offers.</summary>
        public NodeCapacity Offer { get; set; } = new(cpus, MemorySize.Gibibytes(8), 0);

        public IReadOnlyList<AttemptId> Held => _held;

        /// <summary>What it was last told to start.</summary>
        public IReadOnlyList<Assignment> Given { get; private set; } = [];

        /// <summary>What it was last told to end.</summary>
        public IReadOnlyList<StopOrder> Stops { get; private set; } = [];

        /// <summary>What it was last told to give back.</summary>
        public IReadOnlyList<AttemptId> TakenBack { get; private set; } = [];

        public NodeId Node => _node;

        public string Connection => $"agent {node} connection {_session.Connection}";

        /// <summary>Connects, or connects again.</summary>
        /// <param name="lostAnswer">Leaves out what it was given last, as if that answer had not arrived.</param>
        /// <param name="ended">Held attempts whose end it has still to tell.</param>
        public async Task<HelloAnswer?> HelloAsync(bool lostAnswer = false, params AttemptId[] ended)
        {
            if (lostAnswer)
            {
                _held.Clear();
            }

            _session = _session with { Connection = _session.Connection + 1 };
            _sequence = 0;
            var hello = new AgentHello($"a-{node}", _session, $"n{node}", "test", Offer, MemoryGuard.Sampling, [.. _held], ended);
            string connection = Connection;
            var answer = await host.Engine.ChangeAsync((state, commit, now) => state.Hello(hello, connection, now, commit), Cancel);
            _node = answer?.Node ?? _node;
            return answer;
        }

        /// <summary>Reports, and takes what it is given.</summary>
        /// <returns>The names of the jobs to start; null if the conversation was given up.</returns>
        public async Task<IReadOnlyList<string>?> ReportAsync(params AttemptReport[] reports)
        {
            var report = new AgentReport(_session, ++_sequence, reports);
            var answer = await SendAsync(report);
            Given = answer?.Start ?? [];
            Stops = answer?.Stop ?? [];
            TakenBack = answer?.TakeBack ?? [];
            _held.RemoveAll(held => reports.Any(told => told is AttemptEnded or AttemptReturned && told.Attempt == held));
            _held.AddRange(answer?.Start.Select(assignment => assignment.Attempt) ?? []);
            return answer?.Start.Select(assignment => assignment.JobName).ToList();
        }

        /// <summary>A report as it comes over the wire, once more.</summary>
        public Task<ReportAnswer?> RepeatAsync(params AttemptReport[] reports) => SendAsync(new AgentReport(_session, _sequence, reports));

        public async Task DisconnectAsync()
        {
            string connection = Connection;
            await host.Engine.ChangeAsync(
                (state, commit, _) =>
                {
                    state.Disconnected(_node, connection, commit);
                    return true;
                },
                Cancel);
        }

        private Task<ReportAnswer?> SendAsync(AgentReport report)
        {
            string connection = Connection;
            return host.Engine.ChangeAsync((state, commit, now) => state.Report(_node, connection, report, now, commit), Cancel);
        }

        public AttemptReport Started(int held = 0) => new AttemptStarted(_held[held], DateTimeOffset.UtcNow);

        public AttemptReport Ended(int held = 0, int exitCode = 0) => Ended(_held[held], exitCode);

        public static AttemptReport Ended(AttemptId attempt, int exitCode) =>
            new AttemptEnded(attempt, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, new Outcome(OutcomeKind.Exit, exitCode), new AttemptUsage(TimeSpan.FromSeconds(1), MemorySize.Mebibytes(5)));
    }
}
