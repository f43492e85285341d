using System.Diagnostics;
using Torc.Faults.Simulation;
using Torc.Faults.Sites;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>
/// Cuts the line between an agent and its server while jobs run, and heals it. The jobs go on and end meanwhile; afterwards the server
/// has to know of every end, and nothing may have run again.
/// </summary>
internal static class Partition
{
    private const int Cpus = 6;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="OperationCanceledException">It was canceled, or interrupted from the terminal; nothing is left running.</exception>
    public static async Task<PartitionTotals> RunAsync(PartitionOptions options, TextWriter log, CancellationToken cancel)
    {
        using var interruption = new Interruption(cancel);
        // Its own agent would come by the direct way.
        await using var site = new RealSite("--agent:start", "false");
        await site.StartServerAsync(interruption.Token);
        await using var proxy = new TcpProxy(site.Url!.Port);
        site.StartAgent(proxy.Url, Cpus);
        var totals = await RunAsync(options, site, proxy, interruption.Token);
        await log.WriteLineAsync(totals.ToString());
        foreach (var finding in totals.Counted.Findings)
        {
            await log.WriteLineAsync($"  {finding}");
        }

        if (options.KeepsEvidence && totals.Counted.Findings.Count > 0)
        {
            site.KeepsFolder = true;
            await log.WriteLineAsync($"  its folder stays: {Path.GetDirectoryName(site.Data.Path)}");
        }

        return totals;
    }

    private static async Task<PartitionTotals> RunAsync(PartitionOptions options, RealSite site, TcpProxy proxy, CancellationToken cancel)
    {
        var work = Behind(options.Duration);
        string folder = site.MakeFolder("partition");
        string ledgerFile = Path.Combine(folder, Work.Ledger);
        await File.WriteAllTextAsync(Path.Combine(folder, Work.ScriptName), Work.Script, cancel);
        var workflow = await site.SubmitAsync(work.Spec("partition"), folder, cancel);
        await UntilRunningAsync(site, workflow, work.Jobs.Count(job => job.Blockers.Count == 0), cancel);

        proxy.Cut();
        await Task.Delay(options.Duration, cancel);
        int endedBehind = (await Ledger.ReadAsync(ledgerFile, cancel)).Of(LedgerEntry.End).Count;
        proxy.Heal();

        long healed = Stopwatch.GetTimestamp();
        var watch = new RoundWatch(site, workflow);
        await watch.UntilEndedAsync(options.Patience, cancel);
        var deliveredAfter = Stopwatch.GetElapsedTime(healed);
        var wrong = await DatabaseCheck.CheckAsync(site.Data.Database, cancel);
        var jobs = await StoredJobQueries.OfAsync(site.Data.Database, workflow, cancel);
        var verdict = new Verdict(work, jobs, await Ledger.ReadAsync(ledgerFile, cancel), new KeeperLives(), Cpus).Judge();
        Finding[] findings = [.. watch.Findings, .. wrong.Select(what => new Finding(FindingKind.Violation, what)), .. verdict.Findings];
        return new PartitionTotals(
            options.Duration, new CrashTotals(1, findings, 0, 0, verdict.LostWithKeeper, verdict.Reruns, verdict.GivenBack), endedBehind, deliveredAfter);
    }

    /// <summary>Jobs that end soon after the cut, in the middle of it, just before its end and after it, with others that wait for them.</summary>
    private static Work Behind(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        double[] lengths = [3, seconds * 0.25, seconds * 0.5, seconds * 0.75, seconds * 0.95, seconds + 4];
        var jobs = new List<PlannedJob>();
        for (int i = 0; i < lengths.Length; i++)
        {
            var onLost = i % 2 == 0 ? OnLost.Hold : OnLost.Rerun;
            jobs.Add(new PlannedJob($"behind{i}", lengths[i], 1, onLost, "nothing", []));
            jobs.Add(new PlannedJob($"after{i}", 0.1, 1, onLost, "nothing", [$"behind{i}"]));
        }

        return new Work(jobs);
    }

    private static async Task UntilRunningAsync(RealSite site, WorkflowId workflow, int count, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(StartPatience);
        while ((await site.TryJobsAsync(workflow, patience.Token))?.Count(job => job.Status == JobStatus.Running) != count)
        {
            await Task.Delay(Pause, patience.Token);
        }
    }
}
