using System.Diagnostics;
using System.Globalization;
using Torc.Faults.Simulation;

int from = int.Parse(args[0], CultureInfo.InvariantCulture), count = int.Parse(args[1], CultureInfo.InvariantCulture);
var variant = args.Length > 2 ? Enum.Parse<Variant>(args[2]) : Variant.None;
var watch = Stopwatch.StartNew();
long starts = 0, faults = 0, events = 0;
int bad = 0;
for (int seed = from; seed < from + count; seed++)
{
    var world = new World(seed, variant);
    world.Run();
    starts += world.Truth.Starts; faults += world.Faults; events += world.Events.Done;
    if (world.Findings.All.Count > 0)
    {
        Console.WriteLine($"seed {seed}:\n  {string.Join("\n  ", world.Findings.All.Take(4))}");
        if (++bad > 5 || variant != Variant.None) { break; }
    }
}
Console.WriteLine($"{count} seeds, {starts} starts, {faults} faults, {events} events, {bad} bad, {watch.Elapsed.TotalSeconds:0.0} s");
