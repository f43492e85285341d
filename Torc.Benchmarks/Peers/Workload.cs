using System.Globalization;

namespace Torc.Benchmarks.Peers;

/// <summary>The same jobs for all tools.</summary>
/// <param name="Name">Such as W1.</param>
/// <param name="What">For people to read.</param>
/// <param name="Cpus">How many CPUs' worth of jobs may run at a time.</param>
internal sealed record Workload(string Name, string What, IReadOnlyList<PeerJob> Jobs, int Cpus)
{
    /// <summary>As many jobs as processors of this machine, unless a workload says otherwise: it measures the tool, and not how many fit.</summary>
    private const int TwoAtATime = 2;

    private const int MixedSeed = 7;

    /// <summary>What the spec says shorter than job by job; null if nothing is shorter.</summary>
    public string? ShortSpec { get; private init; }

    /// <summary>The least time in which so many CPUs could do all of it, if jobs could be cut into pieces.</summary>
    public TimeSpan Bound => Jobs.Aggregate(TimeSpan.Zero, (sum, job) => sum + (job.Runtime * job.Cpus)) / Cpus;

    public static Workload Independent(int count) => new("W1", $"{count:N0} independent `true`", [.. Enumerable.Range(1, count).Select(number => new PeerJob($"j{number}", "true", []))], TwoAtATime)
    {
        ShortSpec = string.Create(CultureInfo.InvariantCulture, $$$"""
            name: independent
            jobs:
              - {name: "j{i}", command: "true", parameters: {i: "1:{{{count}}}"}}
            """),
    };

    /// <summary>Each job reads two files of the layer above and touches its own.</summary>
    public static Workload Layers(int layers, int width)
    {
        var jobs = new List<PeerJob>();
        for (int layer = 0; layer < layers; layer++)
        {
            for (int place = 0; place < width; place++)
            {
                string[] inputs = layer == 0 ? [] : [File(layer - 1, place), File(layer - 1, (place + 1) % width)];
                jobs.Add(new PeerJob($"j{layer}_{place}", $"touch {File(layer, place)}", inputs, File(layer, place)));
            }
        }

        return new Workload("W2", $"{layers} layers of {width} jobs, each needs 2 files of the layer above and touches its own", jobs, TwoAtATime);

        static string File(int layer, int place) => $"f{layer}_{place}";
    }

    public static Workload Chain(int count) => Chains(1, count) with { Name = "W3", What = $"a chain of {count:N0} `true`" };

    /// <summary>Jobs such as j7_3, which waits for j7_2.</summary>
    public static Workload Chains(int count, int length) => new(
        "chains",
        $"{count:N0} chains of {length:N0} `true`",
        [
            .. from number in Enumerable.Range(1, length)
               from chain in Enumerable.Range(1, count)
               select new PeerJob($"j{chain}_{number}", "true", [], After: number == 1 ? null : $"j{chain}_{number - 1}"),
        ],
        TwoAtATime);

    /// <summary>Jobs that wait: they need the CPUs by their word only.</summary>
    public static Workload Mixed(int count, TimeSpan shortest, TimeSpan longest)
    {
        // The same numbers on every machine and in every version of the runtime.
        uint state = MixedSeed;
        var jobs = new List<PeerJob>();
        for (int number = 1; number <= count; number++)
        {
            int cpus = 1 + Next(4);
            double seconds = Math.Round(shortest.TotalSeconds + ((longest - shortest).TotalSeconds * Next(1000) / 999), 1);
            jobs.Add(new PeerJob($"j{number}", string.Create(CultureInfo.InvariantCulture, $"sleep {seconds}"), [], Cpus: cpus, Runtime: TimeSpan.FromSeconds(seconds)));
        }

        return new Workload("W4", $"{count} jobs of 1 to 4 CPUs that sleep {shortest.TotalSeconds} to {longest.TotalSeconds} s, on 16 CPUs", jobs, 16);

        int Next(int below)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 8) % (uint)below);
        }
    }
}
