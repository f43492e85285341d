using Torc.Agent.Journal;
using Torc.Agent.Sampling;

namespace Torc.Agent.Running;

/// <summary>Ends what outlived an earlier keeper: nobody can tell any more how such a process ends, so it must not go on.</summary>
internal sealed class Survivors(Marks marks, AttemptJournal journal, string bootId, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>How many processes were ended, and how many would not.</returns>
    public async Task<(int Ended, int Left)> EndAsync(CancellationToken cancel)
    {
        var ended = new HashSet<int>();
        long start = time.GetTimestamp();
        while (true)
        {
            // Again until none is found: one that was just about to fork left a child behind.
            var found = Find();
            if (found.Count == 0 || time.GetElapsedTime(start) > Patience)
            {
                return (ended.Count, found.Count);
            }

            foreach (int pid in found)
            {
                ended.Add(pid);
                _ = Libc.Kill(pid, Libc.SigKill);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancel);
        }
    }

    private List<int> Find()
    {
        var leaders = string.Equals(journal.PreviousBootId, bootId, StringComparison.Ordinal)
            ? journal.Attempts.Values.Where(attempt => attempt.Ended is null).Select(attempt => attempt.Started)
                .OfType<JournalRecord.Started>().DistinctBy(started => started.Pid).ToDictionary(started => started.Pid)
            : [];
        var processes = new List<ProcessInfo>();
        ProcFolder.Scan(processes);
        return
        [
            .. processes
                .Where(process => process.Pid != Environment.ProcessId && !process.IsZombie)
                .Where(process => IsOfSession(process, leaders) || marks.Of(process.Pid) is not null)
                .Select(process => process.Pid),
        ];
    }

    // A command such as `env -i ./server` carries no mark, but stays in its session. A later process may have got the leader's
    // number: then it leads that session, and started at another time.
    private static bool IsOfSession(ProcessInfo process, Dictionary<int, JournalRecord.Started> leaders) =>
        leaders.TryGetValue(process.Session, out var started)
        && (ProcFolder.TryRead(started.Pid, out var leader) ? started.IsProcessOf(leader.StartTicks) : process.StartTicks >= started.StartTicks);
}
