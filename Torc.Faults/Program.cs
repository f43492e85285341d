using System.CommandLine;
using Torc.Faults;

var seeds = new Option<int>("--seeds") { Description = "How many histories to simulate.", DefaultValueFactory = _ => 20_000 };
var first = new Option<int>("--first") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
var replay = new Option<int?>("--replay") { Description = "Tells the history of one seed, and nothing else." };
var variant = new Option<string?>("--variant") { Description = "Breaks the protocol in a named way, to see that it is seen; \"all\" tries each." };
var command = new RootCommand("Tries to break what Torc promises, with simulated faults and with real ones.") { seeds, first, replay, variant };
command.SetAction((parsed, _) => Task.FromResult(Simulator.Run(
    new SimulatorOptions(parsed.GetValue(first), parsed.GetValue(seeds), parsed.GetValue(replay), parsed.GetValue(variant)))));
return await command.Parse(args).InvokeAsync();
