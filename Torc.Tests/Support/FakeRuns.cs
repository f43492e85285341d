using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Reruns;

namespace Torc.Tests.Support;

/// <summary>Two runs of the diamond: work2 had too little memory, and then enough.</summary>
internal sealed class FakeRuns : IRunQueries
{
    private static readonly DateTimeOffset Start = FakeWorkflows.Start;

    public IReadOnlyList<RunView> Runs { get; set; } =
    [
        new(2, RerunScope.Failed, "jdoe", Start.AddMinutes(5), Start.AddMinutes(5).AddSeconds(23), WorkflowStatus.Completed, 2, 2),
        new(1, Scope: null, "jdoe", Start, Start.AddSeconds(23), WorkflowStatus.Failed, 1, 4),
    ];

    public IReadOnlyList<JobComparison> Jobs { get; set; } =
    [
        Kept(0, Result(1, 1, 3.1, 2)),
        Kept(1, Result(1, 1, 20.2, 161)),
        new(new JobId(100_002), "work2", Result(1, 1, 1.6, 200) with { Outcome = new Outcome(OutcomeKind.OutOfMemory, 137, "used 299 MiB of 200 MiB") }, Result(2, 2, 20.6, 311)),
        new(new JobId(100_003), "postprocess", Before: null, Result(1, 2, 2.1, 3)),
    ];

    /// <summary>How often runs were compared.</summary>
    public int Comparisons { get; private set; }

    public Task<IReadOnlyList<RunView>> ListAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult(Runs);

    public Task<IReadOnlyList<JobComparison>> CompareAsync(WorkflowId workflow, int before, int after, CancellationToken cancel)
    {
        Comparisons++;
        return Task.FromResult(Jobs);
    }

    private static JobComparison Kept(int position, JobRunResult result) => new(new JobId(100_000 + position), Diamond.Definition.Jobs[position].Name, result, result);

    private static JobRunResult Result(int attempt, int run, double seconds, int mebibytes) =>
        new(attempt, run, run, new Outcome(OutcomeKind.Exit, 0), seconds, TimeSpan.FromSeconds(seconds), MemorySize.Mebibytes(mebibytes), "n1");
}
