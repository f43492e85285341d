using System.Globalization;
using Torc.Faults.Simulation;

using Torc.Faults.Sites;
namespace Torc.Faults.Crashes;

/// <summary>
/// Kills and stops real servers, agents and keepers while workflows run, and counts what went wrong. What a seed plans is always the
/// same; the moments at which it meets the processes are the machine's.
/// </summary>
internal static class CrashRounds
{
    /// <summary>One round in so many begins with an empty data folder; the others go on with what the rounds before have left.</summary>
    private const int FreshEvery = 4;

    private static readonly string[] ServerArguments = ["--agent:cpus", CrashRound.Cpus.ToString(CultureInfo.InvariantCulture)];

    /// <exception cref="OperationCanceledException">It was canceled, or interrupted from the terminal; nothing is left running.</exception>
    public static async Task<CrashTotals> RunAsync(CrashOptions options, TextWriter log, CancellationToken cancel)
    {
        using var interruption = new Interruption(cancel);
        var totals = CrashTotals.None;
        RealSite? site = null;
        try
        {
            for (int round = 0; round < options.Rounds; round++)
            {
                if (site is null || round % FreshEvery == 0)
                {
                    await EndAsync(site, log);
                    site = new RealSite(ServerArguments);
                    await site.StartServerAsync(interruption.Token);
                }

                var (counted, line) = await new CrashRound(site, options.Seed + round, options).RunAsync(interruption.Token);
                await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}, {line}"));
                foreach (var finding in counted.Findings)
                {
                    await log.WriteLineAsync($"  {finding}");
                }

                totals += counted;
                site.KeepsFolder |= options.KeepsEvidence && counted.Findings.Count > 0;
                if (counted.Findings.Any(finding => finding.Kind == FindingKind.Stuck))
                {
                    // The next round would only wait for the same.
                    await EndAsync(site, log);
                    site = null;
                }
            }
        }
        finally
        {
            await EndAsync(site, log);
        }

        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"rounds {totals.Rounds}: {totals}"));
        return totals;
    }

    private static async Task EndAsync(RealSite? site, TextWriter log)
    {
        if (site is not null)
        {
            await site.DisposeAsync();
            if (site.KeepsFolder)
            {
                await log.WriteLineAsync($"  its folder stays: {Path.GetDirectoryName(site.Data.Path)}");
            }
        }
    }
}
