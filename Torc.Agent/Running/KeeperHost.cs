using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Torc.Agent.Groups;
using Torc.Agent.Journal;
using Torc.Agent.Node;
using Torc.Shared.Contracts;

namespace Torc.Agent.Running;

/// <summary>The keeper as a process: takes the spool, ends what an earlier keeper left behind, listens for agents.</summary>
/// <param name="mayMakeGroups">Whether jobs may be held to their memory by the kernel, where it lets us.</param>
internal sealed partial class KeeperHost(Spool spool, bool mayMakeGroups, TimeProvider time, ILoggerFactory loggers, ILogger<KeeperHost> logger)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(3);

    /// <returns>The exit code of the process.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await using var lockFile = await TakeLockAsync(stop);
        if (lockFile is null)
        {
            LogOther(spool.Folder);
            return 0;
        }

        string agentId = await spool.AgentIdAsync(stop);
        string bootId = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id", stop)).Trim();
        using var journal = await AttemptJournal.OpenAsync(new JournalFile(spool.Journal), bootId, stop);
        var marks = new Marks(agentId);
        var (ended, left) = await new Survivors(marks, journal, bootId, time).EndAsync(stop);
        if (ended > 0)
        {
            LogSurvivors(ended, left);
        }

        var groups = mayMakeGroups ? MemoryGroups.TryOpen(agentId) : null;
        if (groups is not null)
        {
            await groups.EndStaleAsync(time, stop);
        }

        // Only now: where the disk is full we end here, and what had to be ended is.
        await DurableFile.WriteTextAsync(spool.KeeperPid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), stop);

        // Orphans of jobs fall to us and not to the machine's first process.
        _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0);
        var environment = new JobEnvironment(DetachedProcess.OwnEnvironment(), agentId, ThisProgram.Folder, ThisProgram.DotnetRoot);
        var keeper = new Keeper(journal, new LinuxProcesses(spool, environment, marks, groups, time), time, loggers.CreateLogger<Keeper>());
        using var socket = KeeperSocket.Listen(spool);
        using var closing = new CancellationTokenSource();
        var listening = ListenAsync(socket, keeper, closing.Token);
        LogReady(spool.Folder, Environment.ProcessId, groups?.Guard ?? MemoryGuard.Sampling);

        await keeper.RunAsync(stop);

        await closing.CancelAsync();
        await listening;
        groups?.Close();
        LogDone();
        return 0;
    }

    // The one that holds it may be about to go, and our agent started us because nobody answered.
    private async Task<FileStream?> TakeLockAsync(CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            if (Spool.TryLock(spool.KeeperLock) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(start) > LockPatience)
            {
                return null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel);
        }
    }

    private static async Task ListenAsync(Socket socket, Keeper keeper, CancellationToken cancel)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var agent = await socket.AcceptAsync(cancel);
                talks.RemoveAll(talk => talk.IsCompleted);
                talks.Add(TalkAsync(keeper, agent, cancel));
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The keeper is done, and has closed the connection that it had.
        }

        await Task.WhenAll(talks);
    }

    private static async Task TalkAsync(Keeper keeper, Socket socket, CancellationToken cancel)
    {
        await using var agent = new KeeperConnection(socket);

        // An agent that came while the keeper was leaving is heard by nobody: it has to see the end of the line, and start another.
        await using var closing = cancel.Register(agent.Close);
        await keeper.TalkAsync(agent);
    }

    [LoggerMessage(361, LogLevel.Information, "keeper ready spool={Spool} pid={Pid} memory_guard={Guard}")]
    private partial void LogReady(string spool, int pid, MemoryGuard guard);

    [LoggerMessage(362, LogLevel.Warning, "ended {Ended} processes of an earlier keeper; {Left} would not end")]
    private partial void LogSurvivors(int ended, int left);

    [LoggerMessage(363, LogLevel.Information, "keeper done")]
    private partial void LogDone();

    [LoggerMessage(364, LogLevel.Information, "another keeper has the spool {Spool}; nothing to do")]
    private partial void LogOther(string spool);
}
