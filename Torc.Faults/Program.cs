using System.CommandLine;
using Torc.Faults;
using Torc.Faults.Crashes;

var seeds = new Option<int>("--seeds") { Description = "How many histories to simulate.", DefaultValueFactory = _ => 20_000 };
var first = new Option<int>("--first") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
var replay = new Option<int?>("--replay") { Description = "Tells the history of one seed, and nothing else." };
var variant = new Option<string?>("--variant") { Description = "Breaks the protocol in a named way, to see that it is seen; \"all\" tries each." };
var rounds = new Option<int>("--rounds") { Description = "How many workflows to run while real processes are killed and stopped.", DefaultValueFactory = _ => 0 };
var partition = new Option<int>("--partition") { Description = "For how many seconds to cut the line between a server and an agent while jobs run and end.", DefaultValueFactory = _ => 0 };
var restart = new Option<int>("--restart") { Description = "Kills a server that holds so many jobs, and measures until the next one is ready.", DefaultValueFactory = _ => 0 };
var command = new RootCommand("Tries to break what Torc promises, with simulated faults and with real ones.") { seeds, first, replay, variant, rounds, partition, restart };
command.SetAction(async (parsed, cancel) =>
{
    int found = Simulator.Run(new SimulatorOptions(parsed.GetValue(first), parsed.GetValue(seeds), parsed.GetValue(replay), parsed.GetValue(variant)));
    if (parsed.GetValue(rounds) is > 0 and var count)
    {
        var totals = await CrashRounds.RunAsync(new CrashOptions(count, parsed.GetValue(first)) { KeepsEvidence = true }, Console.Out, cancel);
        found = Math.Max(found, totals.Findings.Count);
    }

    if (parsed.GetValue(partition) is > 0 and var seconds)
    {
        var totals = await Partition.RunAsync(new PartitionOptions(TimeSpan.FromSeconds(seconds)) { KeepsEvidence = true }, Console.Out, cancel);
        found = Math.Max(found, totals.Counted.Findings.Count);
    }

    if (parsed.GetValue(restart) is > 1 and var jobs)
    {
        var totals = await Restarts.RunAsync(jobs, Console.Out, cancel);
        found = Math.Max(found, totals.Findings.Count);
    }

    return Math.Min(found, 1);
});
return await command.Parse(args).InvokeAsync();
