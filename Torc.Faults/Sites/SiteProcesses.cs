using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;

namespace Torc.Faults.Sites;

/// <summary>Finds the processes of one site by the data folder in their environment, which servers, agents, keepers and jobs inherit.</summary>
internal sealed class SiteProcesses(DataFolder data)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public bool IsOurs(int pid) => string.Equals(ProcFolder.Variable(pid, "TORC_DATA="u8), data.Path, StringComparison.Ordinal);

    /// <summary>The processes of attempts, with the attempts' names.</summary>
    public IReadOnlyList<(KnownProcess Process, string Attempt)> OfAttempts() =>
    [
        .. from process in All()
           let attempt = ProcFolder.Variable(process.Pid, "TORC_ATTEMPT="u8)
           where attempt is not null
           select (process, attempt),
    ];

    /// <summary>Ends all of them, also those that are stopped or start others meanwhile.</summary>
    /// <exception cref="TimeoutException">Some would not end.</exception>
    public async Task EndAllAsync()
    {
        long start = Environment.TickCount64;
        while (All() is { Count: > 0 } left)
        {
            if (Environment.TickCount64 - start > Patience.TotalMilliseconds)
            {
                throw new TimeoutException($"processes {string.Join(", ", left.Select(process => process.Pid))} of {data.Path} would not end");
            }

            foreach (var process in left)
            {
                process.Signal(Libc.SigKill);
            }

            // Not canceled by anybody: what was started has to be ended.
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private List<KnownProcess> All() =>
        [.. ProcFolder.Pids().Where(pid => pid != Environment.ProcessId && IsOurs(pid)).Select(KnownProcess.Find).OfType<KnownProcess>()];
}
