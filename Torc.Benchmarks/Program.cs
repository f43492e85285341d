using Torc.Benchmarks;

switch (args)
{
    case ["specs"]:
        await SpecBenchmarks.RunAsync(CancellationToken.None);
        return 0;
    case [Measuring.Argument, var work, var file]:
        Console.WriteLine((await Measuring.RunAsync(Enum.Parse<SpecWork>(work), file, CancellationToken.None)).ToJson());
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project Torc.Benchmarks -- specs");
        return 2;
}
