using System.Diagnostics;
using System.Globalization;
using Torc.Faults.Simulation;

namespace Torc.Faults;

/// <summary>Simulates histories and says what came of them.</summary>
internal static class Simulator
{
    /// <summary>Each broken variant has to be found out within so many seeds.</summary>
    public const int SeedsPerVariant = 2_000;

    private const int MostToShow = 5;

    /// <returns>0 if nothing was found, or if every variant was.</returns>
    public static int Run(SimulatorOptions options) => options switch
    {
        { Variant: "all" } => TryVariants(),
        { Variant: { } name } when !Enum.TryParse<Variant>(name, ignoreCase: true, out _) => Refuse(name),
        { Replay: { } seed } => Replay(seed, VariantOf(options)),
        _ => Simulate(options.First, options.Seeds, VariantOf(options)),
    };

    private static Variant VariantOf(SimulatorOptions options) =>
        options.Variant is { } name ? Enum.Parse<Variant>(name, ignoreCase: true) : Variant.None;

    private static int Simulate(int first, int seeds, Variant variant)
    {
        var watch = Stopwatch.StartNew();
        var histories = History.LiveMany(first, seeds, variant, history => Show(history), MostToShow);
        var findings = histories.SelectMany(history => history.Findings).ToList();
        string counts = string.Join(", ", Enum.GetValues<FindingKind>().Select(kind => $"{Words(kind)} {findings.Count(finding => finding.Kind == kind)}"));
        Console.WriteLine(Invariant(
            $"seeds {histories.Count}: {counts}; {histories.Sum(history => (long)history.Starts)} starts, {histories.Sum(history => (long)history.Faults)} faults, {watch.Elapsed.TotalSeconds:0} s"));
        return findings.Count == 0 ? 0 : 1;
    }

    private static int Replay(int seed, Variant variant)
    {
        var history = History.Live(seed, variant, Console.WriteLine);
        Show(history);
        return history.Findings.Count == 0 ? 0 : 1;
    }

    private static int TryVariants()
    {
        int missed = 0;
        foreach (var variant in Enum.GetValues<Variant>().Where(variant => variant != Variant.None))
        {
            var found = History.LiveMany(1, SeedsPerVariant, variant, _ => { }, stopAfter: 1).Where(history => history.Findings.Count > 0).MinBy(history => history.Seed);
            missed += found is null ? 1 : 0;
            Console.WriteLine(found is null ? $"{variant}: not seen within {SeedsPerVariant} seeds" : $"{variant}: seen at seed {found.Seed}: {found.Findings[0]}");
        }

        return missed;
    }

    private static void Show(History history)
    {
        if (history.Findings.Count > 0)
        {
            Console.WriteLine(Invariant($"seed {history.Seed} (--replay {history.Seed} tells it):"));
            foreach (var finding in history.Findings.Take(MostToShow))
            {
                Console.WriteLine($"  {finding}");
            }
        }
    }

    private static int Refuse(string name)
    {
        Console.WriteLine($"There is no variant {name}. There are: {string.Join(", ", Enum.GetNames<Variant>())}.");
        return 2;
    }

    private static string Words(FindingKind kind) => kind switch
    {
        FindingKind.Violation => "violations",
        FindingKind.OutOfOrder => "out of order",
        FindingKind.Orphan => "orphans",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
