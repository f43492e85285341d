using System.Diagnostics;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Web.Engine;

namespace Torc.Web.Nodes;

/// <summary>
/// Sees to it that this machine has an agent. The agent is a process of its own that outlives the server; one that runs
/// already makes a second one end at once, so starting it again is always safe, and is done whenever it is not connected.
/// </summary>
internal sealed partial class LocalAgent(
    DataFolder data,
    AgentConnections connections,
    IOptions<LocalAgentOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LocalAgent> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // An agent that ends before it has said hello is lost by nobody, so somebody has to look.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private string? _lastFailure;
    private bool _isStarted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Start)
        {
            return;
        }

        // The agent looks for the server's address, so the server listens first.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);

        string folder = Path.Combine(AppContext.BaseDirectory, "agent");
        if (TorcProgram.Find(folder) is not { } program)
        {
            LogNoProgram(folder);
            return;
        }

        await StartAgentAsync(program, stoppingToken);
        while (true)
        {
            await LostOrDueAsync(stoppingToken);
            if (!await IsConnectedAsync(stoppingToken))
            {
                await StartAgentAsync(program, stoppingToken);
            }
        }
    }

    private async Task LostOrDueAsync(CancellationToken stoppingToken)
    {
        using var timer = new CancellationTokenSource(LookEvery, time);
        using var due = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timer.Token);
        try
        {
            await connections.Lost.ReadAsync(due.Token);

            // One that merely lost its line comes back by itself before a new one has found that out.
            await Task.Delay(Pause, time, stoppingToken);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // It is time to look.
        }
    }

    private async Task<bool> IsConnectedAsync(CancellationToken stoppingToken)
    {
        // Other machines' agents are connected here too: ours is the one of our spool.
        string path = Path.Combine(data.Spool(Environment.MachineName), DataFolder.AgentIdFile);
        try
        {
            return connections.IsConnected((await File.ReadAllTextAsync(path, stoppingToken)).Trim());
        }
        catch (IOException)
        {
            // It never got so far as to give itself a name.
            return false;
        }
    }

    private async Task StartAgentAsync(TorcProgram program, CancellationToken stoppingToken)
    {
        try
        {
            using var agent = Process.Start(Command(program)) ?? throw new InvalidOperationException("no process was started");
            string said = await agent.StandardError.ReadToEndAsync(stoppingToken);
            await agent.WaitForExitAsync(stoppingToken);
            Tell(agent.ExitCode, said.Trim());
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Tell(-1, failure.Message);
        }
    }

    // Once per change, not once per look.
    private void Tell(int exitCode, string said)
    {
        if (exitCode == 0 && !_isStarted)
        {
            LogStarted();
        }
        else if (exitCode != 0 && (_isStarted || !string.Equals(said, _lastFailure, StringComparison.Ordinal)))
        {
            LogFailed(exitCode, said);
        }

        (_isStarted, _lastFailure) = (exitCode == 0, said);
    }

    private ProcessStartInfo Command(TorcProgram program)
    {
        // `torc agent --detach` returns as soon as an agent of this machine runs, whoever started it.
        var command = new ProcessStartInfo(program.FileName, [.. program.Arguments, "agent", "--detach", "--data", data.Path])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (options.Value.Cpus is { } cpus)
        {
            command.ArgumentList.Add("--cpus");
            command.ArgumentList.Add(cpus.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (options.Value.MaxParallelJobs is { } most)
        {
            command.ArgumentList.Add("--max-parallel-jobs");
            command.ArgumentList.Add(most.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (string label in options.Value.Labels)
        {
            command.ArgumentList.Add("--label");
            command.ArgumentList.Add(label);
        }

        return command;
    }

    [LoggerMessage(401, LogLevel.Information, "this machine has an agent")]
    private partial void LogStarted();

    [LoggerMessage(402, LogLevel.Warning, "no agent was started on this machine: there is no torc program in {Folder}; build the solution, or run `torc agent`")]
    private partial void LogNoProgram(string folder);

    [LoggerMessage(403, LogLevel.Warning, "no agent was started on this machine: exit code {ExitCode}: {Said}")]
    private partial void LogFailed(int exitCode, string said);
}
