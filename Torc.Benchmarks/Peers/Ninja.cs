namespace Torc.Benchmarks.Peers;

internal sealed class Ninja() : CommandLineTool("ninja")
{
    protected override async Task WriteAsync(Workload workload, string folder, CancellationToken cancel)
    {
        await using var file = File.CreateText(Path.Combine(folder, "build.ninja"));
        await file.WriteLineAsync("rule run\n  command = $command");
        foreach (var job in workload.Jobs)
        {
            await file.WriteLineAsync($"build {job.Target}: run {string.Join(' ', job.WaitsFor)}\n  command = {job.Command}");
        }
    }

    protected override IReadOnlyList<string> Arguments(Workload workload) => ["--quiet", "-j", $"{workload.Cpus}"];

    protected override IReadOnlyList<string> NothingToDoArguments(Workload workload) => ["-j", $"{workload.Cpus}"];

    protected override bool SaysNothingToDo(string output) => output.Contains("no work to do", StringComparison.Ordinal);
}
