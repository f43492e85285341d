using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Editing;
using Torc.Web.Reruns;

namespace Torc.Tests.Support;

/// <summary>A class that asks for too much memory, and one that asks for the right time.</summary>
internal sealed class FakeSuggestions : ISuggestionDesk
{
    private static readonly ResourceRequirements Medium = ResourceRequirements.Default with { Memory = MemorySize.Mebibytes(512) };

    public IReadOnlyList<ResourceUseView> Uses { get; set; } =
    [
        new("medium", Medium, ResourceKind.Memory, 512 << 20, 161 << 20, 311 << 20, 311 << 20, 2, 1, 384 << 20, IsWeak: true, "33 % more fit on a node"),
        new("medium", Medium, ResourceKind.Runtime, 300, 20, 21, 21, 2, 1, Suggested: null, IsWeak: false, Effect: null),
    ];

    public string? Refusal { get; set; }

    /// <summary>The versions that were saved.</summary>
    public List<int> Saved { get; } = [];

    public Task<IReadOnlyList<ResourceUseView>?> UsesAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult<IReadOnlyList<ResourceUseView>?>(Uses);

    public IReadOnlyList<JobUseView> Jobs { get; set; } =
    [
        Job(1, "work1", 161, 21, new Outcome(OutcomeKind.Exit, 0)),
        Job(2, "work2", 311, 20, new Outcome(OutcomeKind.Exit, 0)),
    ];

    public static JobUseView Job(int position, string name, long mebibytes, double seconds, Outcome outcome, string? ofClass = "medium") => new(
        new JobId(100_000 + position), position, name, ofClass, Medium, outcome, 1, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 0.9), MemorySize.Mebibytes(mebibytes), GpuPercent: null);

    public Task<IReadOnlyList<JobUseView>?> JobsAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult<IReadOnlyList<JobUseView>?>(Jobs);

    public Task<SpecEditView?> ReviewAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult<SpecEditView?>(
        new SpecEditView(2, [new SpecLine(9, IsAdded: false, "memory: 512m"), new SpecLine(9, IsAdded: true, "memory: 384m")], [], [], Refusal));

    public Task<string?> ApplyAsync(WorkflowId workflow, int version, CancellationToken cancel)
    {
        Saved.Add(version);
        Uses = [.. Uses.Select(use => use with { Suggested = null })];
        return Task.FromResult<string?>(null);
    }
}
