using System.Diagnostics;
using System.Globalization;
using Torc.Faults.Simulation;
using Torc.Faults.Sites;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>One workflow that runs while the processes under it are killed and stopped, and the verdict on it.</summary>
internal sealed class CrashRound(RealSite site, int seed, CrashOptions options)
{
    /// <summary>What the agent offers, and what a round's jobs are made for.</summary>
    public const int Cpus = 2;

    /// <summary>How long a process of an attempt that has ended may be seen.</summary>
    private static readonly TimeSpan OrphanPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly KeeperLives _keepers = new();
    private readonly List<Finding> _findings = [];

    /// <returns>What was counted, and a line that tells of the round.</returns>
    public async Task<(CrashTotals Totals, string Line)> RunAsync(CancellationToken cancel)
    {
        long begun = Stopwatch.GetTimestamp();
        var random = new Random(seed);
        var work = Work.Create(random);
        var faults = CrashPlan.Create(random, options.Targets, options.Stops);
        string name = string.Create(CultureInfo.InvariantCulture, $"round-{seed}");
        string folder = site.MakeFolder(name);
        await File.WriteAllTextAsync(Path.Combine(folder, Work.ScriptName), Work.Script, cancel);
        var workflow = await site.SubmitAsync(work.Spec(name), folder, cancel);

        var driver = new FaultDriver(site, _keepers);
        var watch = new RoundWatch(site, workflow);
        var driving = driver.RunAsync(faults, cancel);
        var watching = watch.UntilEndedAsync(faults[^1].At + options.Patience, cancel);
        await Task.WhenAll(driving, watching);

        _findings.AddRange(watch.Findings);
        _findings.AddRange((await DatabaseCheck.CheckAsync(site.Data.Database, cancel)).Concat(driver.Violations).Select(what => new Finding(FindingKind.Violation, what)));
        await LookForOrphansAsync(cancel);
        var jobs = await StoredJobQueries.OfAsync(site.Data.Database, workflow, cancel);
        var ledger = await Ledger.ReadAsync(Path.Combine(folder, Work.Ledger), cancel);
        var verdict = new Verdict(work, jobs, ledger, _keepers, Cpus).Judge();
        _findings.AddRange(verdict.Findings);

        var totals = new CrashTotals(1, _findings, driver.Kills, driver.Stops, verdict.LostWithKeeper, verdict.Reruns, verdict.GivenBack);
        int completed = jobs.Count(job => job.Status == JobStatus.Completed);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: {completed} of {jobs.Count} jobs completed, {verdict.Starts} starts, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s: {totals}");
        return (totals, line);
    }

    private async Task LookForOrphansAsync(CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        var left = site.ProcessesOfAttempts();
        while (left.Count > 0 && Stopwatch.GetElapsedTime(start) < OrphanPatience)
        {
            await Task.Delay(Pause, cancel);
            left = site.ProcessesOfAttempts();
        }

        _findings.AddRange(left.Select(orphan => new Finding(FindingKind.Orphan, $"process {orphan.Process.Pid} of attempt {orphan.Attempt} still runs")));
    }
}
