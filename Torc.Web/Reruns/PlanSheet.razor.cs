using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>A plan to be read: what runs and why, what is kept, what becomes of the files, and what nobody could see.</summary>
public sealed partial class PlanSheet
{
    private const int MostWarnings = 10;
    private const int MostLines = 40;

    private RerunPlanView? _seen;
    private IReadOnlySet<JobId>? _seenMarks;
    private IReadOnlyList<PlannedJobView> _runs = [];
    private IReadOnlyList<PlannedJobView> _kept = [];
    private string _files = "";
    private string _keptInWords = "";
    private string? _work;
    private bool _isNew;

    [Parameter, EditorRequired]
    public RerunPlanView Plan { get; set; } = null!;

    /// <summary>The jobs of which an earlier plan said something else.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<JobId> Marked { get; set; } = null!;

    /// <summary>Somebody wants a job to ask for something else. Without it nothing can be changed.</summary>
    [Parameter]
    public EventCallback<RequirementsChange> Changed { get; set; }

    protected override void OnParametersSet()
    {
        _isNew = !ReferenceEquals(_seen, Plan) || !ReferenceEquals(_seenMarks, Marked);
        if (!ReferenceEquals(_seen, Plan))
        {
            _runs = [.. Plan.Jobs.Where(job => job.Action != PlannedAction.Keep)];
            _kept = [.. Plan.Jobs.Where(job => job.Action == PlannedAction.Keep)];
            _files = RerunWords.Files(Plan);
            _keptInWords = RerunWords.Kept(_kept);
            _work = RerunWords.Work(_runs);
        }

        (_seen, _seenMarks) = (Plan, Marked);
    }

    // The page around it changes with every job that moves, the plan does not.
    protected override bool ShouldRender() => _isNew;
}
