using System.Text.Json;
using Torc.Agent.Running;
using Torc.Shared.Contracts;

namespace Torc.Agent.Client;

/// <summary>The server of this user on this machine: finds it, starts it, ends it.</summary>
internal sealed class LocalServer(DataFolder data)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Where the server's program lies when it was built or installed together with this one.</summary>
    private static string Program => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "Torc.Web.dll"));

    /// <returns>A client of the server that runs; null if none does.</returns>
    public async Task<TorcClient?> FindAsync(CancellationToken cancel) =>
        await ReadAsync(cancel) is { } server ? new TorcClient(new Uri(server.Url), await TokenAsync(cancel)) : null;

    /// <exception cref="CommandException">No server runs.</exception>
    public async Task<TorcClient> RequireAsync(CancellationToken cancel) =>
        await FindAsync(cancel)
        ?? throw new CommandException(ExitCode.ServerNotReachable, $"No server runs with the data folder {data.Path}. Start one with: torc up");

    /// <summary>Starts a server as a process of its own, which goes on when this one ends.</summary>
    /// <param name="arguments">For the server.</param>
    /// <exception cref="CommandException">It did not start; the message says why.</exception>
    public async Task<TorcClient> StartAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        Directory.CreateDirectory(data.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var commandLine = CommandLine(arguments);
        var process = DetachedProcess.Start(commandLine, environment: null, data.Path, data.ServerLog);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(StartPatience);
        try
        {
            while (true)
            {
                if (await FindAsync(patience.Token) is { } client)
                {
                    return client;
                }

                if (process.TryReap(out int exitCode))
                {
                    if (exitCode == (int)ExitCode.Conflict)
                    {
                        // Another server has the folder: one that is just starting, and will be found, or one that is just ending.
                        await Task.Delay(Pause * 10, patience.Token);
                        process = DetachedProcess.Start(commandLine, environment: null, data.Path, data.ServerLog);
                        continue;
                    }

                    string said = string.Join('\n', File.ReadLines(data.ServerLog).TakeLast(10));
                    throw new CommandException(ExitCode.ServerNotReachable, $"The server ended with exit code {exitCode}:\n{said}");
                }

                await Task.Delay(Pause, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.ServerNotReachable, $"The server did not come up within {StartPatience.TotalSeconds} s; its log is {data.ServerLog}");
        }
    }

    /// <summary>Asks the server to end and waits until it has.</summary>
    /// <returns>Whether one ran.</returns>
    public async Task<bool> StopAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel) is not { } server)
        {
            return false;
        }

        await OtherProcess.EndAsync(server.Pid, server.StartTicks, StopPatience, cancel);
        return true;
    }

    /// <summary>How to run the server's program in this terminal or in the background.</summary>
    /// <exception cref="CommandException">Its program is not there.</exception>
    public IReadOnlyList<string> CommandLine(IReadOnlyList<string> arguments)
    {
        if (!File.Exists(Program))
        {
            throw new CommandException(ExitCode.ServerNotReachable, $"The server's program is not there: {Program}\nBuild it with: dotnet build Torc.Web");
        }

        string dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return [.. Shell(dotnet), Program, .. arguments, "--data", data.Path];
    }

    private static string[] Shell(string dotnet) => Path.IsPathRooted(dotnet) ? [dotnet] : ["/usr/bin/env", dotnet];

    // The file of a server that was killed stays behind, so its process is looked at too.
    private async Task<ServerFile?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            var server = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(data.ServerFile, cancel), TorcJson.Default.ServerFile);
            return server is not null && OtherProcess.StartTicks(server.Pid) == server.StartTicks ? server : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<string?> TokenAsync(CancellationToken cancel) =>
        // Inside a job it is the attempt's, which opens next to nothing: a command that is not about the job itself is the user's.
        (Environment.GetEnvironmentVariable(DataFolder.TokenVariable) is { } given && !AttemptToken.IsOne(given) ? given : null)
        ?? (File.Exists(data.Token) ? (await File.ReadAllTextAsync(data.Token, cancel)).Trim() : null);
}
