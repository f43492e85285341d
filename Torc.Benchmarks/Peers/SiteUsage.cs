using System.Globalization;
using Torc.Faults.Sites;

namespace Torc.Benchmarks.Peers;

/// <summary>What the processes of a site have used: the price of everything that is not the jobs.</summary>
/// <param name="Server">Processor time of all its threads.</param>
/// <param name="Keeper">Without that of the jobs.</param>
/// <param name="ServerMebibytes">The largest resident size so far.</param>
internal sealed record SiteUsage(TimeSpan Server, TimeSpan Agent, TimeSpan Keeper, long ServerMebibytes)
{
    private const double TicksPerSecond = 100;

    public static async Task<SiteUsage> ReadAsync(RealSite site, CancellationToken cancel)
    {
        var server = await site.FindAsync(SitePrograms.Server, cancel);
        return new SiteUsage(
            await ProcessorAsync(server, cancel),
            await ProcessorAsync(await site.FindAsync(SitePrograms.Agent, cancel), cancel),
            await ProcessorAsync(await site.FindAsync(SitePrograms.Keeper, cancel), cancel),
            server is { } known ? Status(known.Pid, "VmHWM:") >> 10 : 0);
    }

    public SiteUsage Since(SiteUsage before) => new(Server - before.Server, Agent - before.Agent, Keeper - before.Keeper, ServerMebibytes);

    /// <summary>A number of kibibytes from /proc/PID/status, such as <c>VmHWM:      123456 kB</c>.</summary>
    public static long Status(int pid, string key)
    {
        string line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    // 4711 (name with) spaces) S 1 … : utime and stime are the 14th and 15th.
    private static async Task<TimeSpan> ProcessorAsync(KnownProcess? process, CancellationToken cancel)
    {
        if (process is not { } known)
        {
            return TimeSpan.Zero;
        }

        string stat = await File.ReadAllTextAsync($"/proc/{known.Pid}/stat", cancel);
        string[] words = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(words[11], CultureInfo.InvariantCulture) + long.Parse(words[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    }
}
