using System.Diagnostics;
using System.Globalization;

namespace Torc.Benchmarks.Peers;

/// <summary>What starting the same processes takes without any order, bookkeeping and output: the measure for all others.</summary>
internal sealed class Floor : CommandLineTool
{
    private const string List = "floor.txt";

    private readonly string _program;

    private Floor(string program)
        : base("cc") => _program = program;

    public override string Name => "floor";

    protected override string Program => _program;

    /// <exception cref="InvalidOperationException">The compiler failed.</exception>
    public static async Task<Floor> CompileAsync(string folder, CancellationToken cancel)
    {
        string program = Path.Combine(folder, "floor");
        using var compiler = Process.Start("cc", ["-O2", "-o", program, Path.Combine(AppContext.BaseDirectory, "Peers", "floor.c")]);
        await compiler.WaitForExitAsync(cancel);
        return compiler.ExitCode == 0 ? new Floor(program) : throw new InvalidOperationException("cc could not compile floor.c");
    }

    protected override Task WriteAsync(Workload workload, string folder, CancellationToken cancel) =>
        File.WriteAllLinesAsync(Path.Combine(folder, List), workload.Jobs.Select(job => job.Command), cancel);

    protected override IReadOnlyList<string> Arguments(Workload workload) => ["run", workload.Cpus.ToString(CultureInfo.InvariantCulture), List];

    // Looks at the file of each job, which whoever decides has to do at least.
    protected override IReadOnlyList<string> NothingToDoArguments(Workload workload) => ["stat", "outputs.txt"];

    protected override bool SaysNothingToDo(string output) => output.Length == 0;
}
