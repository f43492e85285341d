using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>
/// A server, an agent and a keeper as real processes with a data folder of their own, on loopback and a free port.
/// Whatever happens to them in the test, none is left behind.
/// </summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>A real run takes its time; a right answer comes as soon as it is there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly string[] ProcessFiles = ["agent.pid", "keeper.pid"];

    private readonly List<string> _agents = [Environment.MachineName];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("torc-site-");
    private HttpClient? _http;

    private readonly Programs _programs;

    private Site(Programs programs)
    {
        _programs = programs;
        Directory.CreateDirectory(Work);
    }

    /// <summary>Where the specs of the test lie and its jobs run.</summary>
    public string Work => Path.Combine(_folder.FullName, "work");

    /// <summary>How the torc program is called.</summary>
    public IReadOnlyList<string> Torc => [.. _programs.Torc];

    public DataFolder Data => new(Path.Combine(_folder.FullName, "data"));

    public HttpClient Http => _http ?? throw new InvalidOperationException("the server was not started");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Spool => Data.Spool(Environment.MachineName);

    /// <summary>A site on which nothing runs yet.</summary>
    public static Site Empty() => Empty(Programs.Built);

    public static Site Empty(Programs programs) => new(programs);

    public static Task<Site> StartAsync(int cpus) => StartAsync(cpus, Programs.Built);

    public static async Task<Site> StartAsync(int cpus, Programs programs)
    {
        var site = new Site(programs);
        try
        {
            await site.StartServerAsync(cpus);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server, which sees to it that there is an agent.</summary>
    /// <param name="options">More of the server's own; of an option that is named twice, the last one counts.</param>
    public async Task StartServerAsync(int cpus, params IReadOnlyList<string> options)
    {
        Launch([.. _programs.Server, "--data", Data.Path, "--port", "0", "--agent:cpus", cpus.ToString(CultureInfo.InvariantCulture), .. options]);
        await ConnectAsync();
    }

    /// <summary>Starts the server and no agent.</summary>
    public async Task StartServerAloneAsync()
    {
        Launch([.. _programs.Server, "--data", Data.Path, "--port", "0", "--agent:start", "false"]);
        await ConnectAsync();
    }

    /// <summary>Starts another agent on this machine, and waits until the server hears it.</summary>
    /// <param name="name">Of its node, and of its spool.</param>
    /// <param name="offers">What it offers, as options of <c>torc agent</c>.</param>
    public async Task StartAgentAsync(string name, params string[] offers)
    {
        _agents.Add(name);
        var (exitCode, output) = await TorcAsync(["agent", "--name", name, "--spool", Data.Spool(name), "--detach", .. offers]);
        Assert.True(exitCode == 0, output);
        await Waiting.UntilAsync(
            () => Http.GetFromJsonAsync("/api/v1/nodes", TorcJson.Default.IReadOnlyListNodeView, Cancel),
            nodes => nodes!.Any(node => node.Name == name && node.IsConnected),
            $"node {name} is connected",
            Patience);
    }

    /// <summary>Kills an agent that was started here, and its keeper, so that nobody knows any more how its jobs stand. The jobs go on.</summary>
    public async Task KillNodeAsync(string name)
    {
        foreach (string file in ProcessFiles)
        {
            await KillAsync(await PidAsync(name, file) ?? throw new InvalidOperationException($"{name} has no {file}"));
        }
    }

    public async Task KillKeeperAsync() => await KillAsync(await KeeperPidAsync());

    /// <summary>The log of an attempt as it lies on the node.</summary>
    public string LogFile(JobView job, int attempt, string stream) => Path.Combine(Spool, "logs", "0", $"{job.Id}.{attempt}.{(stream == "stdout" ? "out" : "err")}");

    /// <summary>Waits until a server has said where it listens.</summary>
    public async Task ConnectAsync()
    {
        var server = await Waiting.UntilAsync(ReadServerAsync, file => file is not null, "the server listens", Patience);
        _http?.Dispose();
        _http = new HttpClient { BaseAddress = new Uri(server!.Url) };
    }

    public async Task KillServerAsync()
    {
        var server = await ReadServerAsync() ?? throw new InvalidOperationException("no server runs");
        await KillAsync(server.Pid);
        File.Delete(Data.ServerFile);
    }

    /// <summary>The server sees to it that there is another.</summary>
    public async Task KillAgentAsync() => await KillAsync(await AgentPidAsync());

    public async Task<int> AgentPidAsync() => await PidAsync(Environment.MachineName, "agent.pid") ?? throw new InvalidOperationException("no agent runs");

    public async Task<int> KeeperPidAsync() => await PidAsync(Environment.MachineName, "keeper.pid") ?? throw new InvalidOperationException("no keeper runs");

    /// <summary>Runs the torc program to its end.</summary>
    public async Task<(int ExitCode, string Output)> TorcAsync(params string[] arguments)
    {
        using var process = Launch([.. _programs.Torc, .. arguments]);
        string[] output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel)).WaitAsync(Patience, Cancel);
        await process.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        return (process.ExitCode, string.Concat(output));
    }

    /// <summary>Starts the torc program and goes on.</summary>
    public Command Start(params string[] arguments) => new(Launch([.. _programs.Torc, .. arguments]));

    /// <summary>Creates a workflow whose jobs run in <see cref="Work"/>, and starts it.</summary>
    public async Task<WorkflowId> RunAsync(string spec)
    {
        using var content = new StringContent(spec, null, "application/yaml");
        using var answer = await Http.PostAsync($"/api/v1/workflows?start=true&file_name=spec.yaml&working_directory={Uri.EscapeDataString(Work)}", content, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, TorcJson.Default.WorkflowView)!.Id;
    }

    public async Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow) =>
        (await Http.GetFromJsonAsync($"/api/v1/workflows/{workflow}/jobs", TorcJson.Default.IReadOnlyListJobView, Cancel))!;

    /// <summary>Waits until jobs are as they should be, across restarts of the server.</summary>
    public Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, Func<IReadOnlyList<JobView>, bool> until, string what) =>
        Waiting.UntilAsync(() => JobsAsync(workflow), until, what, Patience);

    public async Task<WorkflowView> EndAsync(WorkflowId workflow) => (await Waiting.UntilAsync(
        () => Http.GetFromJsonAsync($"/api/v1/workflows/{workflow}", TorcJson.Default.WorkflowView, Cancel),
        view => view!.Status is WorkflowStatus.Completed or WorkflowStatus.Failed,
        "the workflow has ended",
        Patience))!;

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (await ReadServerAsync() is { } server)
        {
            await KillAsync(server.Pid);
        }

        foreach (var (agent, file) in _agents.SelectMany(agent => ProcessFiles.Select(file => (agent, file))))
        {
            if (await PidAsync(agent, file) is { } running)
            {
                await KillAsync(running);
            }
        }

        _folder.Delete(recursive: true);
    }

    private Process Launch(IReadOnlyList<string> commandLine)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1)) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Work };
        start.Environment["TORC_DATA"] = Data.Path;
        start.Environment.Remove("DISPLAY");
        return Process.Start(start) ?? throw new InvalidOperationException("no process was started");
    }

    private async Task<ServerFile?> ReadServerAsync() =>
        File.Exists(Data.ServerFile) ? JsonSerializer.Deserialize(await File.ReadAllTextAsync(Data.ServerFile, CancellationToken.None), TorcJson.Default.ServerFile) : null;

    private async Task<int?> PidAsync(string agent, string name)
    {
        string file = Path.Combine(Data.Spool(agent), name);
        return File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file, CancellationToken.None), CultureInfo.InvariantCulture, out int pid) ? pid : null;
    }

    // Only a process of Torc is ended: the pid of one that is gone may be another's by now.
    private static async Task KillAsync(int pid)
    {
        try
        {
            if ((await File.ReadAllTextAsync($"/proc/{pid}/cmdline", CancellationToken.None)).Contains("torc", StringComparison.OrdinalIgnoreCase))
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Waiting.Patience, CancellationToken.None);
            }
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
