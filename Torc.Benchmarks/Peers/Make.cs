namespace Torc.Benchmarks.Peers;

internal sealed class Make() : CommandLineTool("make")
{
    protected override async Task WriteAsync(Workload workload, string folder, CancellationToken cancel)
    {
        await using var file = File.CreateText(Path.Combine(folder, "Makefile"));
        await file.WriteLineAsync($"all: {string.Join(' ', workload.Jobs.Select(job => job.Target))}");
        foreach (var job in workload.Jobs)
        {
            await file.WriteLineAsync($"{job.Target}: {string.Join(' ', job.WaitsFor)}\n\t{job.Command}");
        }
    }

    // Without its own rules: nobody would run so many jobs with them.
    protected override IReadOnlyList<string> Arguments(Workload workload) => ["--no-builtin-rules", "--silent", $"--jobs={workload.Cpus}", "all"];

    protected override IReadOnlyList<string> NothingToDoArguments(Workload workload) => ["--no-builtin-rules", $"--jobs={workload.Cpus}", "all"];

    protected override bool SaysNothingToDo(string output) => output.Contains("Nothing to be done", StringComparison.Ordinal);
}
