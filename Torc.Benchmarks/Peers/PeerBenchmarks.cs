using System.Globalization;

namespace Torc.Benchmarks.Peers;

/// <summary>Runs W1 to W5 by Torc and by the tools that it is compared with, in turns, and prints a table of ratios.</summary>
internal sealed class PeerBenchmarks(Sizes sizes, TextWriter output, string folder)
{
    /// <summary>It is too slow for as many jobs and rounds as the others have.</summary>
    private const int SnakemakePart = 10;

    /// <summary>More jobs than these take minutes: each tool runs them once, and Snakemake does not.</summary>
    private const int Many = 20_000;

    private readonly IReadOnlyList<CommandLineTool> _tools = [new Make(), new Ninja(), new Snakemake()];
    private int _folders;

    public static async Task RunAsync(Sizes sizes, TextWriter output, CancellationToken cancel)
    {
        // Where the jobs run and write, and deleted only when nothing is measured any more: some file systems make files slowly for a while after many were deleted.
        var folder = Directory.CreateTempSubdirectory("torc-benchmarks-");
        try
        {
            await new PeerBenchmarks(sizes, output, folder.FullName).RunAsync(cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        var floor = await Floor.CompileAsync(folder, cancel);
        foreach (var tool in _tools.Where(tool => !tool.IsInstalled))
        {
            await output.WriteLineAsync($"{tool.Name} is not installed: its column stays empty.");
        }

        await output.WriteLineAsync("| workload | floor | make | ninja | Snakemake | Torc | goal | |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|--:|---|---|");
        await using (var torc = await TorcContender.StartAsync(cpus: 2, cancel))
        {
            foreach (int jobs in sizes.Independent)
            {
                await W1Async(Workload.Independent(jobs), floor, torc, cancel);
            }

            await W2AndW5Async(Workload.Layers(sizes.Layers, sizes.Width), floor, torc, cancel);
            await W3Async(Workload.Chain(sizes.Hops), floor, torc, cancel);
        }

        var mixed = Workload.Mixed(sizes.Mixed, TimeSpan.FromSeconds(0.2), sizes.LongestMixed);
        await using (var torc = await TorcContender.StartAsync(mixed.Cpus, cancel))
        {
            await W4Async(mixed, torc, cancel);
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync($"Medians of {sizes.Rounds} rounds in turns; more than {Many:N0} jobs once. Snakemake ran a {SnakemakePart}th of the jobs of W1, W2, W3 and W5, once; its times are multiplied by {SnakemakePart}.");
    }

    private async Task W1Async(Workload workload, Floor floor, TorcContender torc, CancellationToken cancel)
    {
        var usages = new List<SiteUsage>();
        bool isLarge = workload.Jobs.Count > Many;
        var race = await RaceAsync(workload, floor, torc, isLarge ? null : Workload.Independent(workload.Jobs.Count / SnakemakePart), usages, cancel);
        var (toFloor, toMake) = (race.Ratio("Torc", "floor")!.Value, race.Ratio("Torc", "make"));
        long memory = usages.Max(usage => usage.ServerMebibytes);
        await PrintAsync(
            workload,
            race,
            isLarge ? "≤ 1.3 × floor, server ≤ 250 MB" : "≤ 1.25 × floor, ≤ 1.15 × make",
            isLarge ? toFloor <= 1.3 && memory <= 250 : toFloor <= 1.25 && toMake is null or <= 1.15,
            $"{Each(usages, workload)}; server at most {memory} MiB");
    }

    private async Task W2AndW5Async(Workload workload, Floor floor, TorcContender torc, CancellationToken cancel)
    {
        var usages = new List<SiteUsage>();
        var small = Workload.Layers(workload.Jobs.Count / sizes.Width, Math.Max(2, sizes.Width / SnakemakePart));
        var folders = new Dictionary<string, string>();
        var race = await RaceAsync(workload, floor, torc, small, usages, cancel, folders);
        await PrintAsync(workload, race, "≤ make", race.Ratio("Torc", "make") is { } toMake ? toMake <= 1 : null, Each(usages, workload));

        await File.WriteAllLinesAsync(Path.Combine(folders["floor"], "outputs.txt"), workload.Jobs.Select(job => job.Output!), cancel);
        var asking = Contenders(floor, torc).Select(contender => (
            contender.Name,
            contender is Snakemake ? 1 : sizes.Rounds,
            Run: (Func<CancellationToken, Task<TimeSpan>>)(async cancel =>
                await contender.FindNothingToDoAsync(contender is Snakemake ? small : workload, folders[contender.Name], cancel) * (contender is Snakemake ? SnakemakePart : 1))));
        var again = await Race.RunAsync(sizes.Rounds, [.. asking, ("Torc, on the server", sizes.Rounds, cancel => torc.FindNothingToDoOnServerAsync(folders["Torc"], cancel))], cancel);
        var nothing = workload with { Name = "W5", What = $"nothing has changed in {workload.Jobs.Count:N0} jobs: find out that nothing runs" };
        await PrintAsync(nothing, again, "≤ 10 × floor by the command line", again.Ratio("Torc", "floor") <= 10);
        await PrintAsync(nothing with { What = "the same by a request to the server" }, again, "≤ 2 × floor", again.Ratio("Torc, on the server", "floor") <= 2, torcIs: "Torc, on the server");
    }

    private async Task W3Async(Workload workload, Floor floor, TorcContender torc, CancellationToken cancel)
    {
        var usages = new List<SiteUsage>();
        var race = await RaceAsync(workload, floor, torc, Workload.Chain(workload.Jobs.Count / SnakemakePart), usages, cancel, floorIsChain: true);
        double hop = race.Median("Torc")!.Value.TotalMilliseconds / workload.Jobs.Count;
        await PrintAsync(workload, race, "≤ 1.5 ms a hop", hop <= 1.5, Each(usages, workload), each: true);
    }

    private async Task W4Async(Workload workload, TorcContender torc, CancellationToken cancel)
    {
        IReadOnlyList<IContender> contenders = [.. _tools.Where(tool => tool is Snakemake && tool.IsInstalled), torc];
        var race = await Race.RunAsync(
            sizes.MixedRounds,
            [.. contenders.Select(contender => (contender.Name, contender is Snakemake ? 1 : sizes.MixedRounds, Run: (Func<CancellationToken, Task<TimeSpan>>)(cancel => contender.RunAsync(workload, MakeFolder(), cancel))))],
            cancel);
        double overBound = race.Median("Torc")!.Value / workload.Bound;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| W4: {workload.What}; over the area bound of {workload.Bound.TotalSeconds:0.0} s | | cannot | cannot | {race.Median("snakemake") / workload.Bound:0.000} | {overBound:0.000} | ≤ 1.015 | {(overBound <= 1.015 ? "met" : "missed")} |"));
    }

    private async Task<Race> RaceAsync(
        Workload workload, Floor floor, TorcContender torc, Workload? forSnakemake, List<SiteUsage> usages, CancellationToken cancel, Dictionary<string, string>? folders = null, bool floorIsChain = false)
    {
        int rounds = workload.Jobs.Count > Many ? 1 : sizes.Rounds;
        var entrants = new List<(string, int, Func<CancellationToken, Task<TimeSpan>>)>();
        foreach (var contender in Contenders(floor, torc))
        {
            var own = contender switch
            {
                Snakemake => forSnakemake,
                Floor when floorIsChain => workload with { Cpus = 1 },
                _ => workload,
            };
            if (own is null)
            {
                continue;
            }

            entrants.Add((contender.Name, contender is Snakemake ? 1 : rounds, cancel => RunAsync(contender, own, cancel)));
        }

        return await Race.RunAsync(rounds, entrants, cancel);

        async Task<TimeSpan> RunAsync(IContender contender, Workload own, CancellationToken cancel)
        {
            string place = MakeFolder();
            folders?[contender.Name] = place;
            var took = await contender.RunAsync(own, place, cancel);
            if (contender is TorcContender)
            {
                usages.Add(torc.LastUsage!);
            }

            return contender is Snakemake ? took * SnakemakePart : took;
        }
    }

    private IEnumerable<IContender> Contenders(Floor floor, TorcContender torc) => [floor, .. _tools.Where(tool => tool.IsInstalled), torc];

    private async Task PrintAsync(Workload workload, Race race, string goal, bool? isMet, string? note = null, bool each = false, string torcIs = "Torc")
    {
        string cells = string.Join(" | ", new[] { "floor", "make", "ninja", "snakemake", torcIs }.Select(tool => Cell(race, tool, each ? workload.Jobs.Count : 0)));
        string verdict = isMet switch { true => "met", false => "missed", null => "" };
        await output.WriteLineAsync($"| {workload.Name}: {workload.What} | {cells} | {goal} | {verdict}{(note is null ? "" : $"; {note}")} |");
    }

    private static string Cell(Race race, string tool, int hops)
    {
        if (race.Median(tool) is not { } median)
        {
            return "";
        }

        string ratio = tool == "floor" ? "1" : race.Ratio(tool, "floor")!.Value.ToString("0.00", CultureInfo.InvariantCulture);
        string time = hops > 0 ? $"{(median.TotalMilliseconds / hops).ToString("0.00", CultureInfo.InvariantCulture)} ms" : $"{median.TotalSeconds.ToString(median.TotalSeconds < 1 ? "0.000" : "0.00", CultureInfo.InvariantCulture)} s";
        return $"{ratio} ({time})";
    }

    // Microseconds of processor time for each job.
    private static string Each(List<SiteUsage> usages, Workload workload)
    {
        return $"{Median(usage => usage.Server)} µs of processor time a job in the server, {Median(usage => usage.Agent)} in the agent, {Median(usage => usage.Keeper)} in the keeper";

        string Median(Func<SiteUsage, TimeSpan> what) =>
            (usages.Select(what).Order().ElementAt(usages.Count / 2).TotalMicroseconds / workload.Jobs.Count).ToString("0", CultureInfo.InvariantCulture);
    }

    private string MakeFolder() => Directory.CreateDirectory(Path.Combine(folder, $"{++_folders}")).FullName;
}
