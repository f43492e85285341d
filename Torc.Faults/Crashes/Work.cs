using System.Globalization;
using System.Text;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>A workflow whose jobs write down what really happens, each line in one write to a file that only grows.</summary>
internal sealed record Work(IReadOnlyList<PlannedJob> Jobs)
{
    public const string Ledger = "ledger";
    public const string ScriptName = "job.sh";

    /// <summary>
    /// <c>job.sh NAME SECONDS LEAVES OUTPUT INPUT…</c> The kernel frees the lock when the last process of the attempt is gone, however it
    /// went, so it is taken only if a copy of the job still runs.
    /// </summary>
    public const string Script = """
        name=$1; seconds=$2; leaves=$3; output=$4; shift 4
        say() { echo "$1 $TORC_ATTEMPT $$ $PPID $(date +%s%N)" >> ledger; }
        say start
        exec 9>> "$name.lock"
        flock -n 9 || say overlap
        for input in "$@"; do [ -s "$input" ] || { say missing; exit 9; }; done
        case $leaves in
            child) sleep 60 9>&- & ;;
            escaped) setsid sleep 60 9>&- & ;;
        esac
        sleep "$seconds"
        echo "$TORC_ATTEMPT" > "$output"
        say end

        """;

    private const int Independent = 6;
    private const int Layers = 4;

    // With the independent ones 24.
    private static readonly int[] LayerSizes = [5, 4, 5, 4];

    /// <summary>24 jobs for six or seven seconds on two CPUs: some wait for nobody and nobody for them, the others lie in layers.</summary>
    public static Work Create(Random random)
    {
        var jobs = new List<PlannedJob>();
        for (int i = 0; i < Independent; i++)
        {
            jobs.Add(Create(random, $"free{i}", []));
        }

        IReadOnlyList<string> above = [];
        for (int layer = 0; layer < Layers; layer++)
        {
            var names = Enumerable.Range(0, LayerSizes[layer]).Select(i => $"layer{layer}n{i}").ToList();
            foreach (string name in names)
            {
                jobs.Add(Create(random, name, [.. above.OrderBy(_ => random.Next()).Take(1 + random.Next(2)).Order(StringComparer.Ordinal)]));
            }

            above = names;
        }

        return new Work(jobs);
    }

    /// <summary>The spec of it, in YAML.</summary>
    public string Spec(string name)
    {
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"name: {name}").AppendLine("jobs:");
        foreach (var job in Jobs)
        {
            string inputs = string.Concat(job.Blockers.Select(blocker => $" ${{files.input.{blocker}}}"));
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  - {{name: {job.Name}, command: \"sh {ScriptName} {job.Name} {job.Seconds:0.###} {job.LeavesBehind} ${{files.output.{job.Name}}}{inputs}\", on_lost: {(job.OnLost == OnLost.Rerun ? "rerun" : "hold")}, resource_requirements: cpus{job.Cpus}}}");
        }

        text.AppendLine("files:");
        foreach (var job in Jobs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{name: {job.Name}, path: {job.Output}}}");
        }

        text.AppendLine("resource_requirements:");
        foreach (int cpus in Jobs.Select(job => job.Cpus).Distinct().Order())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{name: cpus{cpus}, num_cpus: {cpus}, memory: 32m, runtime: PT1H}}");
        }

        return text.ToString();
    }

    private static PlannedJob Create(Random random, string name, IReadOnlyList<string> blockers)
    {
        double share = random.NextDouble();
        return new PlannedJob(
            name,
            // Mostly short, as the moments around starts and ends are those that matter.
            0.05 + 1.95 * share * share * share,
            random.Next(8) == 0 ? 2 : 1,
            // A job that is lost for good takes along all that waits for it, and an empty round tests nothing.
            random.Next(4) == 0 ? OnLost.Hold : OnLost.Rerun,
            random.Next(6) switch { 0 => "child", 1 => "escaped", _ => "nothing" },
            blockers);
    }
}
