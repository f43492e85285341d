using System.Diagnostics;
using System.Globalization;
using Torc.Agent.Groups;
using Torc.Agent.Link;
using Torc.Agent.Node;
using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Support;

/// <summary>
/// A real <c>torc keeper</c> with a spool of its own, and this test as its agent. A keeper waits for all children of its
/// process and adopts orphans, so it cannot live in the process of the tests.
/// </summary>
internal sealed class KeeperProcess : IAsyncDisposable
{
    /// <summary>Jobs are real processes, some of which take much memory while other tests do: that took longer than 10 s once.</summary>
    private static readonly TimeSpan Patience = 3 * Waiting.Patience;

    private readonly TemporaryFolder _folder = new();
    private readonly Stopwatch _age = Stopwatch.StartNew();
    private readonly List<bool> _gpuNews = [];
    private readonly List<AttemptReport> _reports = [];
    private DetachedProcess _process;
    private IKeeperLink? _link;
    private IAsyncEnumerator<KeeperNews>? _news;

    private readonly bool _mayMakeGroups;
    private IReadOnlyList<string> _gpus = [];

    private KeeperProcess(bool mayMakeGroups)
    {
        _mayMakeGroups = mayMakeGroups;
        Spool = Spool.Open(_folder.At("spool"));
        WorkingDirectory = Directory.CreateDirectory(_folder.At("work")).FullName;
        _process = StartProcess();
    }

    public Spool Spool { get; }

    public string WorkingDirectory { get; }

    public int Pid => _process.Pid;

    /// <summary>What the keeper held when we connected.</summary>
    public KeeperState State { get; private set; } = new(MemoryGuard.Sampling, [], [], []);

    public Queue<AttemptSample> Samples { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="mayMakeGroups">False has jobs held to their memory by measuring, even where the kernel would.</param>
    public static async Task<KeeperProcess> StartAsync(int cpus = 4, bool mayMakeGroups = true, params string[] gpus)
    {
        var keeper = new KeeperProcess(mayMakeGroups);
        keeper._gpus = gpus;
        await keeper.ConnectAsync(cpus);
        return keeper;
    }

    /// <summary>Connects as a new agent does.</summary>
    public async Task ConnectAsync(int cpus = 4)
    {
        await DisconnectAsync();
        await Until(() => File.Exists(Path.Combine(Spool.Folder, Spool.KeeperSocket)));
        _link = await TryUntilAsync(async () => new KeeperLink(await KeeperSocket.ConnectAsync(Spool, Cancel)));
        _news = _link.ReadAllAsync(Cancel).GetAsyncEnumerator(Cancel);
        State = Assert.IsType<KeeperState>(await NextAsync());
        _reports.Clear();
        _reports.AddRange(State.Reports);
        await SendAsync(new KeeperSetup(new NodeCapacity(cpus, MemorySize.Gibibytes(64), _gpus.Count), "http://server", _gpus));
    }

    public async Task DisconnectAsync()
    {
        if (_link is not null)
        {
            await _link.DisposeAsync();
            await _news!.DisposeAsync();
            _link = null;
        }
    }

    /// <summary>Kills the keeper as nothing but a crash does, and starts another one.</summary>
    public async Task CrashAndRestartAsync()
    {
        await KillAsync();
        _process = StartProcess();
        await ConnectAsync();
    }

    /// <summary>Tells the keeper to stop, as a shutdown of the machine does, waits until it has, and starts another one.</summary>
    public async Task StopAndRestartAsync()
    {
        Processes.Terminate(_process.Pid);
        await Until(() => _process.TryReap(out _));
        _process = StartProcess();
        await ConnectAsync();
    }

    /// <summary>Waits until somebody else has killed the keeper, and starts another one.</summary>
    public async Task UntilDeadAndRestartAsync()
    {
        await Until(() => _process.TryReap(out _));
        File.Delete(Path.Combine(Spool.Folder, Spool.KeeperSocket));
        _process = StartProcess();
        await ConnectAsync();
    }

    /// <summary>All processes of the machine that carry the mark of this keeper's attempts, without those that have ended.</summary>
    public async Task<IReadOnlyList<string>> MarkedProcessesAsync()
    {
        var marks = new Marks(await Spool.AgentIdAsync(Cancel));
        var processes = new List<ProcessInfo>();
        ProcFolder.Scan(processes);
        return [.. processes.Where(process => !process.IsZombie && marks.Of(process.Pid) is not null).Select(process => $"{process}")];
    }

    /// <summary>Kills what is left of the attempts, so that a test that failed does not disturb those after it.</summary>
    /// <returns>What was left.</returns>
    public async Task<IReadOnlyList<string>> KillMarkedProcessesAsync()
    {
        var left = await MarkedProcessesAsync();
        var marks = new Marks(await Spool.AgentIdAsync(Cancel));
        await Until(() =>
        {
            // Some make others while they are killed.
            var processes = new List<ProcessInfo>();
            ProcFolder.Scan(processes);
            var marked = processes.Where(process => !process.IsZombie && marks.Of(process.Pid) is not null).ToList();
            marked.ForEach(process => Processes.Kill(process.Pid));
            return marked.Count == 0;
        });
        return left;
    }

    /// <summary>The control groups that were made for attempts and are there now.</summary>
    public async Task<IReadOnlyList<string>> GroupsAsync()
    {
        string agentId = await Spool.AgentIdAsync(Cancel);
        var places = MemoryGroups.Places("/sys/fs/cgroup", await File.ReadAllLinesAsync("/proc/self/cgroup", Cancel));
        return [.. places.Select(place => Path.Combine(place.Folder, $"torc-{agentId}")).Where(Directory.Exists).SelectMany(Directory.GetDirectories)];
    }

    public async Task KillAsync()
    {
        await DisconnectAsync();
        Processes.Kill(_process.Pid);
        await Until(() => _process.TryReap(out _));
        File.Delete(Path.Combine(Spool.Folder, Spool.KeeperSocket));
    }

    /// <summary>Ends the keeper of a spool that an agent started.</summary>
    public static async Task EndAsync(Spool spool)
    {
        if (File.Exists(spool.KeeperPid))
        {
            int pid = int.Parse(await File.ReadAllTextAsync(spool.KeeperPid, Cancel), CultureInfo.InvariantCulture);
            Processes.Terminate(pid);
            await UntilGoneAsync(pid);
        }
    }

    public Task SendAsync(KeeperRequest request) => _link!.SendAsync(request, Cancel);

    public Assignment Job(int job, string command, params string[] outputs) => new(
        new AttemptId(new JobId(job), 1),
        new WorkflowId(3),
        Run: 1,
        JobName: $"job{job}",
        command,
        InvocationScript: null,
        WorkingDirectory,
        Env: new Dictionary<string, string>(),
        ResourceRequirements.Default,
        Inputs: [],
        outputs,
        SampleEvery: null,
        Grace: TimeSpan.FromSeconds(1),
        Lease: null);

    public Task GiveAsync(params Assignment[] jobs) => SendAsync(new RunAttempts(jobs, MachineClock.Instance.GetTimestamp()));

    /// <summary>Runs one job to its end.</summary>
    public async Task<AttemptEnded> RunAsync(Assignment job)
    {
        await GiveAsync(job);
        return await EndOfAsync(job.Attempt);
    }

    public Task<AttemptEnded> RunAsync(string command, params string[] outputs) => RunAsync(Job(1, command, outputs));

    /// <summary>Stops an attempt as a person does, and waits for its end.</summary>
    public async Task<AttemptEnded> StopAsync(AttemptId attempt)
    {
        await SendAsync(new StopAttempts([new StopOrder(attempt, "stopped by ann")]));
        return await EndOfAsync(attempt);
    }

    public Task<AttemptEnded> EndOfAsync(AttemptId attempt) => ReportAsync<AttemptEnded>(attempt);

    public Task<AttemptReturned> ReturnOfAsync(AttemptId attempt) => ReportAsync<AttemptReturned>(attempt);

    public Task<AttemptStarted> StartOfAsync(AttemptId attempt) => ReportAsync<AttemptStarted>(attempt);

    public Task<string> OutputAsync(int job, LogStream stream = LogStream.Stdout) =>
        File.ReadAllTextAsync(Spool.LogFile(new AttemptId(new JobId(job), 1), stream), Cancel);

    /// <summary>A file that a job has written into its folder.</summary>
    public Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(WorkingDirectory, name), Cancel);

    /// <summary>What it has said of whether its attempts have GPUs.</summary>
    public IReadOnlyList<bool> GpuNews => _gpuNews;

    public async Task<AttemptSample> NextSampleAsync()
    {
        while (Samples.Count == 0)
        {
            Take(await NextAsync());
        }

        return Samples.Dequeue();
    }

    /// <summary>Waits until a job has written a process number into a file of its folder.</summary>
    public async Task<int> PidInFileAsync(string name)
    {
        string path = Path.Combine(WorkingDirectory, name);
        int pid = 0;
        await Until(async () => File.Exists(path) && int.TryParse(await File.ReadAllTextAsync(path, Cancel), CultureInfo.InvariantCulture, out pid));
        return pid;
    }

    /// <summary>For what gives no sign when it happens: a process's end, a file's appearance.</summary>
    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    public static Task Until(Func<Task<bool>> condition) => Waiting.UntilAsync(condition, met => met, "it happened", Patience);

    public static Task UntilGoneAsync(int pid) => Until(() => !ProcFolder.TryRead(pid, out var info) || info.IsZombie);

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        if (!_process.TryReap(out _))
        {
            Processes.Terminate(_process.Pid);
            await Until(() => _process.TryReap(out _));
        }

        _folder.Dispose();
    }

    private async Task<T> ReportAsync<T>(AttemptId attempt)
        where T : AttemptReport
    {
        while (true)
        {
            if (_reports.OfType<T>().FirstOrDefault(report => report.Attempt == attempt) is { } wanted)
            {
                _reports.Remove(wanted);
                return wanted;
            }

            Take(await NextAsync());
        }
    }

    private void Take(KeeperNews news)
    {
        foreach (var report in news is KeeperReports reports ? reports.Reports : [])
        {
            _reports.Add(report);
        }

        if (news is KeeperGpus gpus)
        {
            _gpuNews.Add(gpus.AreUsed);
        }

        foreach (var sample in news is KeeperSamples samples ? samples.Samples : [])
        {
            Samples.Enqueue(sample);
        }
    }

    private async Task<KeeperNews> NextAsync()
    {
        // Samples come for ever: a job that never ends has to end the test.
        Assert.True(_age.Elapsed < 2 * Patience, "what was waited for did not happen");
        Assert.True(await _news!.MoveNextAsync().AsTask().WaitAsync(Patience, Cancel), "the keeper hung up");
        return _news.Current;
    }

    private static async Task<T> TryUntilAsync<T>(Func<Task<T>> attempt)
        where T : class
    {
        T? result = null;
        await Until(async () =>
        {
            try
            {
                result = await attempt();
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The file is there before anybody listens.
                return false;
            }
        });
        return result!;
    }

    private DetachedProcess StartProcess() =>
        DetachedProcess.Start(ThisProgram.CommandLine(["keeper", "--spool", Spool.Folder, .. _mayMakeGroups ? (string[])[] : ["--no-groups"]]), environment: null, Spool.Folder, Spool.KeeperLog);
}
