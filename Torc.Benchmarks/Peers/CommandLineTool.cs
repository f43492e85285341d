using System.Diagnostics;

namespace Torc.Benchmarks.Peers;

/// <summary>A tool that is one command, which reads a file and runs until all is done.</summary>
internal abstract class CommandLineTool(string program) : IContender
{
    public virtual string Name => program;

    /// <summary>Whether the program is on the search path.</summary>
    public bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    protected virtual string Program => program;

    public async Task<TimeSpan> RunAsync(Workload workload, string folder, CancellationToken cancel)
    {
        await WriteAsync(workload, folder, cancel);
        return (await TimeAsync(Arguments(workload), folder, cancel)).Took;
    }

    public async Task<TimeSpan> FindNothingToDoAsync(Workload workload, string folder, CancellationToken cancel)
    {
        var (took, output) = await TimeAsync(NothingToDoArguments(workload), folder, cancel);
        return SaysNothingToDo(output) ? took : throw new InvalidOperationException($"{Name} found something to do: {output}");
    }

    /// <summary>Puts what the tool reads into the folder.</summary>
    protected abstract Task WriteAsync(Workload workload, string folder, CancellationToken cancel);

    protected abstract IReadOnlyList<string> Arguments(Workload workload);

    protected virtual IReadOnlyList<string> NothingToDoArguments(Workload workload) => Arguments(workload);

    protected abstract bool SaysNothingToDo(string output);

    private async Task<(TimeSpan Took, string Output)> TimeAsync(IReadOnlyList<string> arguments, string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        long began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        string[] output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        var took = Stopwatch.GetElapsedTime(began);
        return process.ExitCode == 0
            ? (took, string.Concat(output))
            : throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {string.Concat(output).Trim()}");
    }
}
