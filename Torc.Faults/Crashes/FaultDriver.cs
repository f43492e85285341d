using System.Collections.Concurrent;

using Torc.Faults.Sites;
namespace Torc.Faults.Crashes;

/// <summary>Does to a site what a plan says, and heals what the product is not to heal itself: a stopped process, a killed server.</summary>
internal sealed class FaultDriver(RealSite site, KeeperLives keepers)
{
    private static readonly SitePrograms[] Targets = [SitePrograms.Server, SitePrograms.Agent, SitePrograms.Keeper];

    private readonly ConcurrentQueue<string> _violations = new();
    private int _kills;
    private int _stops;

    /// <summary>How many processes were killed; a fault that found nobody is none.</summary>
    public int Kills => _kills;

    public int Stops => _stops;

    /// <summary>What was wrong in the database of a killed server.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    public Task RunAsync(IReadOnlyList<CrashFault> faults, CancellationToken cancel) => Task.WhenAll(faults.Select(fault => CauseAsync(fault, cancel)));

    private async Task CauseAsync(CrashFault fault, CancellationToken cancel)
    {
        await Task.Delay(fault.At, cancel);
        var hit = new List<(SitePrograms Target, KnownProcess Process)>();
        foreach (var target in Targets.Where(target => fault.Targets.HasFlag(target)))
        {
            if (await site.FindAsync(target, cancel) is { } process)
            {
                hit.Add((target, process));
            }
        }

        if (fault.StoppedFor is { } stoppedFor)
        {
            await StopAsync(hit, stoppedFor, cancel);
        }
        else
        {
            await KillAsync(hit, fault.DownFor, cancel);
        }
    }

    private async Task StopAsync(List<(SitePrograms Target, KnownProcess Process)> hit, TimeSpan stoppedFor, CancellationToken cancel)
    {
        long from = KeeperLives.Now;
        Interlocked.Add(ref _stops, hit.Count(one => one.Process.Signal(Signals.Stop)));
        try
        {
            await Task.Delay(stoppedFor, cancel);
        }
        finally
        {
            hit.ForEach(one => one.Process.Signal(Signals.Continue));
            foreach (var (_, keeper) in hit.Where(one => one.Target == SitePrograms.Keeper))
            {
                keepers.Stopped(keeper.Pid, from, KeeperLives.Now);
            }
        }
    }

    private async Task KillAsync(List<(SitePrograms Target, KnownProcess Process)> hit, TimeSpan downFor, CancellationToken cancel)
    {
        bool serverIsDown = false;
        foreach (var (target, process) in hit)
        {
            if (target == SitePrograms.Keeper)
            {
                keepers.Killed(process.Pid);
            }

            bool wasThere = process.Signal(Signals.Kill);
            Interlocked.Add(ref _kills, wasThere ? 1 : 0);
            serverIsDown |= wasThere && target == SitePrograms.Server;
        }

        if (serverIsDown)
        {
            await site.ServerIsGoneAsync(cancel);
            foreach (string violation in await DatabaseCheck.CheckAsync(site.Data.Database, cancel))
            {
                _violations.Enqueue($"{violation} (in the database of a killed server)");
            }

            await Task.Delay(downFor, cancel);
            await site.StartServerAsync(cancel);
        }
    }
}
