using System.Text.Json;

namespace Torc.Benchmarks.Peers;

/// <summary>With one rule for all jobs, which is the fastest way to say them.</summary>
internal sealed class Snakemake() : CommandLineTool("snakemake")
{
    // Its jobs are files: each gets one that says it was done.
    private const string Snakefile = """
        import json
        JOBS = json.load(open("jobs.json"))
        rule all:
            input: ["done/" + name for name in JOBS]
        rule job:
            output: touch("done/{name}")
            input: lambda wildcards: ["done/" + name for name in JOBS[wildcards.name]["after"]]
            threads: lambda wildcards: JOBS[wildcards.name]["cpus"]
            params: command=lambda wildcards: JOBS[wildcards.name]["command"]
            shell: "{params.command}"
        """;

    protected override async Task WriteAsync(Workload workload, string folder, CancellationToken cancel)
    {
        var writers = workload.Jobs.ToDictionary(job => job.Target, job => job.Name);
        var jobs = workload.Jobs.ToDictionary(job => job.Name, job => new Dictionary<string, object>
        {
            ["command"] = job.Command,
            ["cpus"] = job.Cpus,
            ["after"] = job.WaitsFor.Select(target => writers[target]).ToList(),
        });
        await File.WriteAllTextAsync(Path.Combine(folder, "Snakefile"), Snakefile, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "jobs.json"), JsonSerializer.Serialize(jobs), cancel);
    }

    protected override IReadOnlyList<string> Arguments(Workload workload) => ["--cores", $"{workload.Cpus}", "--quiet", "all"];

    protected override IReadOnlyList<string> NothingToDoArguments(Workload workload) => ["--cores", $"{workload.Cpus}"];

    protected override bool SaysNothingToDo(string output) => output.Contains("Nothing to be done", StringComparison.Ordinal);
}
