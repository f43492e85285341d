using Torc.Faults.Simulation;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>Holds what the database says in the end against what the jobs themselves wrote down.</summary>
internal sealed class Verdict(Work work, IReadOnlyList<StoredJob> jobs, Ledger ledger, KeeperLives keepers, int cpus)
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, StoredJob> _byName = jobs.ToDictionary(job => job.Name);

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Started attempts that went with their keeper: nobody could tell any more how they end.</summary>
    public int LostWithKeeper { get; private set; }

    /// <summary>How often a job was started again.</summary>
    public int Reruns { get; private set; }

    /// <summary>Attempts that never reached a keeper, whose jobs were given out once more.</summary>
    public int GivenBack { get; private set; }

    public int Starts => ledger.Of(LedgerEntry.Start).Count;

    public Verdict Judge()
    {
        foreach (var job in jobs)
        {
            Judge(job);
        }

        JudgeMarks();
        JudgeRoom();
        foreach (var job in work.Jobs)
        {
            JudgeOrder(job);
        }

        return this;
    }

    private void Judge(StoredJob job)
    {
        int started = 0;
        foreach (var (attempt, outcome) in job.Attempts)
        {
            var start = ledger.Find(LedgerEntry.Start, attempt);
            started += start is null ? 0 : 1;
            Judge(attempt, outcome, start);
        }

        Reruns += Math.Max(0, started - 1);
        int completed = job.Outcomes.Count(outcome => outcome is { Succeeded: true });
        Require(completed <= 1, FindingKind.Doubled, () => $"job {job.Id} was completed {completed} times");

        var ends = job.Attempts.Select(attempt => ledger.Find(LedgerEntry.End, attempt.Attempt)).OfType<LedgerEntry>().ToList();
        Require(
            ends.SkipLast(1).All(end => !keepers.LivedOnAfter(end.Keeper, end.Nanoseconds)),
            FindingKind.Doubled,
            () => $"job {job.Id} ran to its end {ends.Count} times: {string.Join(", ", ends.Select(end => end.Attempt))}");
    }

    private void Judge(AttemptId attempt, Outcome? outcome, LedgerEntry? start)
    {
        var end = ledger.Find(LedgerEntry.End, attempt);
        if (end is not null && outcome is not { Succeeded: true } && keepers.LivedOnAfter(end.Keeper, end.Nanoseconds))
        {
            Add(FindingKind.Lost, $"attempt {attempt} ended well, its keeper {end.Keeper} lived on, and what is stored is {outcome}");
            return;
        }

        switch (outcome)
        {
            case { Succeeded: true }:
                Require(end is not null, FindingKind.Doubled, () => $"attempt {attempt} is said to have ended well, and did not");
                break;
            case { Kind: OutcomeKind.NodeLost } when start is null:
                GivenBack++;
                break;
            case { Kind: OutcomeKind.NodeLost }:
                LostWithKeeper++;
                Require(keepers.WasKilled(start.Keeper), FindingKind.Lost, () => $"attempt {attempt} is lost ({outcome.Detail}), and nothing had happened to its keeper {start.Keeper}");
                break;
            case { Kind: OutcomeKind.Fenced }:
                GivenBack++;
                Require(start is null, FindingKind.Lost, () => $"attempt {attempt} was given up ({outcome.Detail}), and had been started");
                break;
            case null:
                // One that has not ended at the end of the round is found by the watch.
                break;
            default:
                Add(FindingKind.Violation, $"attempt {attempt} ended {outcome}, which no fault explains");
                break;
        }
    }

    private void JudgeMarks()
    {
        foreach (var twice in ledger.Of(LedgerEntry.Start).CountBy(start => start.Attempt).Where(starts => starts.Value > 1))
        {
            Add(FindingKind.Doubled, $"attempt {twice.Key} was started {twice.Value} times");
        }

        foreach (var overlap in ledger.Of(LedgerEntry.Overlap))
        {
            Add(FindingKind.Overlapping, $"attempt {overlap.Attempt} ran beside another of its job");
        }

        foreach (var missing in ledger.Of(LedgerEntry.Missing))
        {
            Add(FindingKind.OutOfOrder, $"attempt {missing.Attempt} ran without its input");
        }
    }

    /// <summary>Attempts that wrote down both ends of their time never hold more than the node has.</summary>
    private void JudgeRoom()
    {
        var changes = new List<(long At, int Cpus)>();
        foreach (var job in work.Jobs)
        {
            foreach (var (attempt, _) in _byName[job.Name].Attempts)
            {
                if (ledger.Find(LedgerEntry.Start, attempt) is { } start && ledger.Find(LedgerEntry.End, attempt) is { } end)
                {
                    changes.Add((start.Nanoseconds, job.Cpus));
                    changes.Add((end.Nanoseconds, -job.Cpus));
                }
            }
        }

        int held = 0;
        foreach (var change in changes.OrderBy(change => change.At))
        {
            held += change.Cpus;
            if (held > cpus)
            {
                Add(FindingKind.Overlapping, $"{held} CPUs of {cpus} were in use at {change.At}");
                return;
            }
        }
    }

    private void JudgeOrder(PlannedJob job)
    {
        var starts = _byName[job.Name].Attempts.Select(attempt => ledger.Find(LedgerEntry.Start, attempt.Attempt)).OfType<LedgerEntry>();
        foreach (var start in starts)
        {
            foreach (string blocker in job.Blockers)
            {
                var counts = _byName[blocker].Attempts.FirstOrDefault(attempt => attempt.Outcome is { Succeeded: true });
                var end = counts.Outcome is null ? null : ledger.Find(LedgerEntry.End, counts.Attempt);
                Require(
                    end is not null && end.Nanoseconds <= start.Nanoseconds,
                    FindingKind.OutOfOrder,
                    () => $"attempt {start.Attempt} of {job.Name} started before {blocker} was completed");
            }
        }
    }

    private void Require(bool condition, FindingKind kind, Func<string> otherwise)
    {
        if (!condition)
        {
            Add(kind, otherwise());
        }
    }

    private void Add(FindingKind kind, string what) => _findings.Add(new Finding(kind, what));
}
