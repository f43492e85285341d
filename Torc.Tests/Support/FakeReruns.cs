using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Specs.Editing;
using Torc.Web.Engine;
using Torc.Web.Reruns;

namespace Torc.Tests.Support;

/// <summary>Plans as a test says them, and starts what was confirmed if the plan is still the same.</summary>
internal sealed class FakeReruns(FakeWorkflows workflows) : IRerunDesk
{
    private readonly List<RerunRequest> _asked = [];

    /// <summary>What each question gets for an answer; null for a workflow that is not there.</summary>
    public Func<RerunRequest, RerunPlanView?> Plan { get; set; } = request => Of("7f3a", request.Scope, FailedDiamond);

    /// <summary>Answers are held back while this is not completed.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>All questions for a plan, in order.</summary>
    public IReadOnlyList<RerunRequest> Asked => _asked;

    /// <summary>What was confirmed last.</summary>
    public RerunRequest? Confirmed { get; private set; }

    /// <summary>The diamond after work2 had too little memory.</summary>
    public static IReadOnlyList<PlannedJobView> FailedDiamond { get; } =
    [
        Job(0, PlannedAction.Keep, Why(ReasonCode.UpToDate, "Up to date")),
        Job(1, PlannedAction.Keep, Why(ReasonCode.UpToDate, "Up to date")),
        Job(2, PlannedAction.Run, Why(ReasonCode.FailedOom, "Failed: out of memory: used 299 MiB of 200 MiB")),
        Job(3, PlannedAction.Run, Why(ReasonCode.NeverRan, "Never ran: waited for work2", "work2")),
    ];

    public static RerunReason Why(ReasonCode code, string sentence, string? subject = null, string? before = null, string? after = null) => new(code, sentence, subject, before, after);

    /// <summary>A job of the diamond; of the first workflow, by its id.</summary>
    public static PlannedJobView Job(int position, PlannedAction action, params IReadOnlyList<RerunReason> reasons)
    {
        var job = Diamond.Definition.Jobs[position];
        return new PlannedJobView(
            new JobId(100_000 + position),
            job.Name,
            action,
            reasons,
            position < 2 ? 1.64 + (20 * position) : null,
            job.Needs,
            [.. job.OutputFiles.Select(file => Diamond.Definition.Files[file].Name)]);
    }

    public static RerunPlanView Of(string id, RerunScope scope, IReadOnlyList<PlannedJobView> jobs, params IReadOnlyList<string> warnings) =>
        new(id, new WorkflowId(1), "diamond", 2, scope, EarlyCutoff: false, FakeWorkflows.Start.AddMinutes(1), jobs, warnings);

    /// <summary>The same after somebody raised the memory of work2 from 200 MiB.</summary>
    public static RerunPlanView Raised(string id, string memory) => Of(id, RerunScope.Failed, [FailedDiamond[0], FailedDiamond[1], TooSmall with { Needs = TooSmall.Needs with { Memory = MemoryText.TryParse(memory, out _)!.Value }, Was = TooSmall.Needs }, FailedDiamond[3]]) with
    {
        Spec = new SpecEditView(2, [new SpecLine(19, IsAdded: false, "      memory: 200m"), new SpecLine(19, IsAdded: true, $"      memory: {memory}")], [], []),
    };

    /// <summary>work2, which asked for too little.</summary>
    public static PlannedJobView TooSmall { get; } = FailedDiamond[2] with
    {
        Needs = FailedDiamond[2].Needs with { Memory = MemorySize.Mebibytes(200) },
        Suggested = FailedDiamond[2].Needs with { Memory = MemorySize.Mebibytes(512) },
    };

    public async Task<RerunPlanView?> PlanAsync(WorkflowId id, RerunRequest request, CancellationToken cancel)
    {
        _asked.Add(request);
        await Gate.WaitAsync(cancel);
        return Plan(request);
    }

    public async Task<RerunAnswer?> RerunAsync(WorkflowId id, RerunRequest request, string by, RequestKey? key, CancellationToken cancel)
    {
        Confirmed = request;
        await Gate.WaitAsync(cancel);
        if (Plan(request) is not { } plan)
        {
            return null;
        }

        string[] runs = [.. plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => job.Name)];
        bool isOther = plan.Id != request.PlanId;
        return new RerunAnswer(plan, isOther, isOther || runs.Length == 0 ? null : workflows.Rerun(id, DateTimeOffset.UtcNow, runs));
    }
}
