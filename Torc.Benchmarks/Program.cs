using System.CommandLine;
using Torc.Benchmarks;
using Torc.Benchmarks.Core;
using Torc.Benchmarks.Peers;
using Torc.Benchmarks.Scale;
using Torc.Benchmarks.Specs;

var quick = new Option<bool>("--quick") { Description = "Fewer jobs and rounds, in under three minutes." };
var root = new RootCommand("Measures Torc beside make, ninja and Snakemake, and prints a table: docs/performance.md.") { quick };
var part = new Option<Part[]>("--part") { Description = "Only a part of it.", DefaultValueFactory = _ => Enum.GetValues<Part>(), AllowMultipleArgumentsPerToken = true };
root.Add(part);
root.SetAction(async (parsed, cancel) =>
{
    bool isQuick = parsed.GetValue(quick);
    var clock = System.Diagnostics.Stopwatch.StartNew();
    Console.WriteLine(await Machine.DescribeAsync(cancel));
    Console.WriteLine();
    foreach (var next in parsed.GetRequiredValue(part))
    {
        switch (next)
        {
            case Part.Peers:
                await PeerBenchmarks.RunAsync(isQuick ? Sizes.Quick : Sizes.Full, Console.Out, cancel);
                break;
            case Part.Null:
                await ScaleBenchmarks.NullJobsAsync(isQuick ? [10_000] : [1_000, 10_000, 100_000, 1_000_000], Console.Out, cancel);
                break;
            case Part.Pages when !isQuick:
                await PageBenchmarks.RunAsync([1_000, 100_000], Console.Out, cancel);
                break;
            case Part.Crowd:
                await ScaleBenchmarks.CrowdAsync(isQuick ? 20 : 50, Console.Out, cancel);
                break;
        }

        Console.WriteLine();
    }

    Console.WriteLine($"It took {clock.Elapsed.TotalSeconds:0} s.");
});

var core = new Command("core", "Measures the pure parts: expansion, graph, ready queue, packer, planner, layout.") { quick };
core.SetAction(parsed => CoreRun.Run(parsed.GetValue(quick)) ? 0 : 1);
root.Add(core);

var specs = new Command("specs", "Measures how specs are read and written.");
specs.SetAction((_, cancel) => SpecBenchmarks.RunAsync(cancel));
root.Add(specs);

var work = new Argument<SpecWork>("work");
var file = new Argument<string>("file");
var measure = new Command(Measuring.Argument, "Measures one spec in this process.") { work, file };
measure.Hidden = true;
measure.SetAction(async (parsed, cancel) => Console.WriteLine((await Measuring.RunAsync(parsed.GetRequiredValue(work), parsed.GetRequiredValue(file), cancel)).ToJson()));
root.Add(measure);

return await root.Parse(args).InvokeAsync();
