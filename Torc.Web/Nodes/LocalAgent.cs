using System.Diagnostics;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Web.Engine;

namespace Torc.Web.Nodes;

/// <summary>
/// Sees to it that this machine has an agent. The agent is a process of its own that outlives the server; one that runs
/// already makes a second one end at once, so starting it again is always safe, and is done whenever an agent was lost.
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

        string program = Path.Combine(AppContext.BaseDirectory, "agent", "torc.dll");
        if (!File.Exists(program))
        {
            LogNoProgram(program);
            return;
        }

        await StartAgentAsync(program, stoppingToken);
        await foreach (var _ in connections.Lost.ReadAllAsync(stoppingToken))
        {
            // One that merely lost its line comes back by itself before a new one has found that out.
            await Task.Delay(Pause, time, stoppingToken);
            await StartAgentAsync(program, stoppingToken);
        }
    }

    private async Task StartAgentAsync(string program, CancellationToken stoppingToken)
    {
        try
        {
            using var agent = Process.Start(Command(program)) ?? throw new InvalidOperationException("no process was started");
            string said = await agent.StandardError.ReadToEndAsync(stoppingToken);
            await agent.WaitForExitAsync(stoppingToken);
            if (agent.ExitCode == 0)
            {
                LogStarted();
            }
            else
            {
                LogFailed(agent.ExitCode, said.Trim());
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            LogFailed(-1, failure.Message);
        }
    }

    private ProcessStartInfo Command(string program)
    {
        // `torc agent --detach` returns as soon as an agent of this machine runs, whoever started it.
        var command = new ProcessStartInfo("dotnet", ["exec", program, "agent", "--detach", "--data", data.Path])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            command.FileName = Environment.ProcessPath!;
        }

        if (options.Value.Cpus is { } cpus)
        {
            command.ArgumentList.Add("--cpus");
            command.ArgumentList.Add(cpus.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return command;
    }

    [LoggerMessage(401, LogLevel.Information, "this machine has an agent")]
    private partial void LogStarted();

    [LoggerMessage(402, LogLevel.Warning, "no agent was started on this machine: {Program} is not there; build the solution, or run `torc agent`")]
    private partial void LogNoProgram(string program);

    [LoggerMessage(403, LogLevel.Warning, "no agent was started on this machine: exit code {ExitCode}: {Said}")]
    private partial void LogFailed(int exitCode, string said);
}
