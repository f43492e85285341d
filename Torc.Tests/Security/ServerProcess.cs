using System.Diagnostics;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Security;

/// <summary>The real program in a process of its own, started under <c>umask 000</c>.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, DataFolder folder, Task<string> errors)
    {
        _process = process;
        Folder = folder;
        Errors = errors;
    }

    public DataFolder Folder { get; }

    public int Pid => _process.Id;

    /// <summary>All it wrote to its error stream, once it has ended.</summary>
    public Task<string> Errors { get; }

    public static ServerProcess Start(string folder, IEnumerable<KeyValuePair<string, string?>> environment, params IEnumerable<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Torc.Web.dll");
        var start = new ProcessStartInfo("sh", ["-c", "umask 000; exec dotnet \"$@\"", "sh", program, "--data", folder, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        // Read to the end, or a full pipe would hold the server up.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new ServerProcess(process, new DataFolder(folder), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Waits for the server to say in its data folder where it listens.</summary>
    public async Task<ServerFile> ListeningAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Waiting.Patience * 3);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            if (File.Exists(Folder.ServerFile)
                && JsonSerializer.Deserialize(await File.ReadAllTextAsync(Folder.ServerFile, patience.Token), TorcJson.Default.ServerFile) is { } file
                && file.Pid == Pid)
            {
                return file;
            }
        }
        while (await tick.WaitForNextTickAsync(patience.Token) && !_process.HasExited);

        throw new InvalidOperationException($"The server ended with {_process.ExitCode}: {await Errors}");
    }

    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Waiting.Patience * 3, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Pid}"]);
        return await EndedAsync();
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await EndedAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
