using System.Globalization;
using SharpFuzz;
using Torc.Fuzz;

// Fuzzers make no larger ones.
const int MaxInput = 1 << 20;

switch (args)
{
    case [var name] when FuzzTargets.Find(name) is { } target:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new BinaryReader(stream);
            target.Check(input.ReadBytes(MaxInput));
        });
        return 0;
    case [var name, "--replay", var folder] when FuzzTargets.Find(name) is { } target:
        return await Replay.RunAsync(target, folder, CancellationToken.None);
    case ["--corpus", var folder, "--seconds", var seconds, .. var rest]
        when int.TryParse(seconds, CultureInfo.InvariantCulture, out int limit) && SeedIn(rest) is { } seed:
        return await new Campaign(seed).RunAsync(folder, TimeSpan.FromSeconds(limit), CancellationToken.None);
    default:
        await Console.Error.WriteLineAsync(
            $"""
            usage: Torc.Fuzz TARGET                                     started by afl-fuzz
                   Torc.Fuzz TARGET --replay FOLDER                     tries each file of a folder
                   Torc.Fuzz --corpus FOLDER --seconds N [--seed N]     tries the files of FOLDER/TARGET, then mutations of them
            targets: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}
            """);
        return 2;
}

static int? SeedIn(string[] rest) => rest switch
{
    [] => 1,
    ["--seed", var seed] when int.TryParse(seed, CultureInfo.InvariantCulture, out int number) => number,
    _ => null,
};
