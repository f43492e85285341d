using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Faults.Sites;

/// <summary>
/// A server, an agent and a keeper as real processes with a data folder of their own, on loopback and a free port. Whatever happened to
/// them, none of them and none of their jobs is left when it is disposed.
/// </summary>
internal sealed class RealSite : IAsyncDisposable
{
    /// <summary>A started server has to say by then where it listens, or that it cannot.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    /// <summary>A server that is stopped does not answer, and must not hold up those who look again anyway.</summary>
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("torc-crash-");
    private readonly IReadOnlyList<string> _serverArguments;
    private readonly SiteProcesses _processes;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private ServerProcess? _server;
    private volatile Uri? _url;

    /// <param name="serverArguments">Beside the data folder and the port.</param>
    public RealSite(params IReadOnlyList<string> serverArguments)
    {
        _serverArguments = serverArguments;
        _processes = new SiteProcesses(Data);
    }

    public DataFolder Data => new(Path.Combine(_folder.FullName, "data"));

    /// <summary>Of the server that was started last; null until it listens.</summary>
    public Uri? Url => _url;

    /// <summary>Does not delete the folder when it is disposed, so that somebody can look into it.</summary>
    public bool KeepsFolder { get; set; }

    private string Spool => Data.Spool(Environment.MachineName);

    /// <summary>A new folder for jobs to run in.</summary>
    public string MakeFolder(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>Starts a server, and returns when it listens or was killed meanwhile.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself.</exception>
    public async Task StartServerAsync(CancellationToken cancel)
    {
        string[] commandLine = [BuiltPrograms.Dotnet, BuiltPrograms.Server, "--data", Data.Path, "--port", "0", .. _serverArguments];
        var server = new ServerProcess(Launch(commandLine, "server.log"));
        _server = server;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(StartPatience);
        while (true)
        {
            if (await ReadServerAsync(patience.Token) is { } file && file.Pid == server.Pid)
            {
                _url = new Uri(file.Url);
                return;
            }

            if (server.ExitCode is { } exitCode)
            {
                if (exitCode == 128 + Signals.Kill)
                {
                    // One of our own faults.
                    return;
                }

                throw new InvalidOperationException($"the server ended with {exitCode}:\n{await LastWordsAsync()}");
            }

            await Task.Delay(Pause, patience.Token);
        }
    }

    /// <summary>Returns when nothing is left of the server that was started last and was killed.</summary>
    public async Task ServerIsGoneAsync(CancellationToken cancel)
    {
        _url = null;
        while (_server is { ExitCode: null })
        {
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>Starts an agent that reaches the server at another address than the server knows of.</summary>
    public void StartAgent(Uri server, int cpus) => Launch(
        [BuiltPrograms.Dotnet, BuiltPrograms.Torc, "agent", "--server", server.ToString(), "--data", Data.Path, "--cpus", cpus.ToString(CultureInfo.InvariantCulture)],
        "agent.log");

    /// <returns>Null if there is none just now.</returns>
    public async Task<KnownProcess?> FindAsync(SitePrograms target, CancellationToken cancel) => target switch
    {
        SitePrograms.Server => _server is { } server ? KnownProcess.Find(server.Pid) : null,
        SitePrograms.Agent => await ReadPidAsync("agent.pid", cancel),
        SitePrograms.Keeper => await ReadPidAsync("keeper.pid", cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "one target at a time"),
    };

    /// <summary>The processes of attempts that are alive, with the attempts' names.</summary>
    public IReadOnlyList<(KnownProcess Process, string Attempt)> ProcessesOfAttempts() => _processes.OfAttempts();

    /// <summary>Creates a workflow whose jobs run in a folder, and starts it.</summary>
    /// <exception cref="HttpRequestException">The server does not answer, or refuses the spec.</exception>
    public async Task<WorkflowId> SubmitAsync(string spec, string folder, CancellationToken cancel)
    {
        using var content = new StringContent(spec, null, "application/yaml");
        var address = new Uri(_url ?? throw NoServer(), $"/api/v1/workflows?start=true&file_name=spec.yaml&working_directory={Uri.EscapeDataString(folder)}");
        using var answer = await _http.PostAsync(address, content, cancel);
        string text = await answer.Content.ReadAsStringAsync(cancel);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize(text, TorcJson.Default.WorkflowView)!.Id
            : throw new HttpRequestException($"{answer.StatusCode}: {text}");
    }

    /// <returns>Null while no server answers.</returns>
    public Task<IReadOnlyList<JobView>?> TryJobsAsync(WorkflowId workflow, CancellationToken cancel) =>
        TryGetAsync($"/api/v1/workflows/{workflow}/jobs", TorcJson.Default.IReadOnlyListJobView, cancel);

    /// <returns>Null while no server answers.</returns>
    public Task<WorkflowView?> TryWorkflowAsync(WorkflowId workflow, CancellationToken cancel) =>
        TryGetAsync($"/api/v1/workflows/{workflow}", TorcJson.Default.WorkflowView, cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _processes.EndAllAsync();
        await ServerIsGoneAsync(CancellationToken.None);
        if (!KeepsFolder)
        {
            _folder.Delete(recursive: true);
        }
    }

    private async Task<T?> TryGetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LookPatience);
        try
        {
            return _url is { } url ? await _http.GetFromJsonAsync(new Uri(url, path), type, patience.Token) : null;
        }
        catch (Exception unheard) when (unheard is HttpRequestException or IOException or JsonException || (unheard is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // It is down, stopped, or was killed in the middle of its answer.
            return null;
        }
    }

    private static HttpRequestException NoServer() => new("no server runs");

    private DetachedProcess Launch(string[] commandLine, string log)
    {
        // Only what this site says is to hold for it, and nobody's screen is to show its pages.
        var environment = DetachedProcess.OwnEnvironment()
            .Where(variable => !variable.Key.StartsWith("TORC_", StringComparison.Ordinal) && variable.Key is not "DISPLAY")
            .Append(KeyValuePair.Create(DataFolder.Variable, Data.Path));
        return DetachedProcess.Start(commandLine, environment, _folder.FullName, Path.Combine(_folder.FullName, log));
    }

    private async Task<ServerFile?> ReadServerAsync(CancellationToken cancel)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Data.ServerFile, cancel), TorcJson.Default.ServerFile);
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    // The file of one that was killed stays behind: the number may be another's by now.
    private async Task<KnownProcess?> ReadPidAsync(string name, CancellationToken cancel)
    {
        try
        {
            string text = await File.ReadAllTextAsync(Path.Combine(Spool, name), cancel);
            return int.TryParse(text, CultureInfo.InvariantCulture, out int pid) && _processes.IsOurs(pid) ? KnownProcess.Find(pid) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<string> LastWordsAsync() =>
        string.Join('\n', (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "server.log"), CancellationToken.None)).TakeLast(20));
}
