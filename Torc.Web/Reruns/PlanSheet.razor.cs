using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>A plan to be read: what runs and why, what is kept, what becomes of the files, and what nobody could see.</summary>
public sealed partial class PlanSheet
{
    private const int MostWarnings = 10;

    private RerunPlanView? _seen;
    private IReadOnlySet<JobId>? _seenMarks;
    private IReadOnlyList<PlannedJobView> _runs = [];
    private IReadOnlyList<PlannedJobView> _kept = [];
    private string _files = "";
    private string _keptInWords = "";
    private string? _work;
    private string _search = "";
    private bool _isEmpty;
    private bool _isNew;

    [Parameter, EditorRequired]
    public RerunPlanView Plan { get; set; } = null!;

    /// <summary>The jobs of which an earlier plan said something else.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<JobId> Marked { get; set; } = null!;

    /// <summary>Somebody wants a job to ask for something else. Without it nothing can be changed.</summary>
    [Parameter]
    public EventCallback<RequirementsChange> Changed { get; set; }

    /// <summary>Somebody wants the whole plan as a file: "csv" or "json".</summary>
    [Parameter]
    public EventCallback<string> Download { get; set; }

    protected override void OnParametersSet()
    {
        _isNew = !ReferenceEquals(_seen, Plan) || !ReferenceEquals(_seenMarks, Marked);
        if (!ReferenceEquals(_seen, Plan))
        {
            Pick();
            _isEmpty = Plan.Jobs.All(job => job.Action == PlannedAction.Keep);
            _files = RerunWords.Files(Plan);
            _work = RerunWords.Work([.. Plan.Jobs.Where(job => job.Action != PlannedAction.Keep)]);
        }

        (_seen, _seenMarks) = (Plan, Marked);
    }

    private void Search(ChangeEventArgs typed)
    {
        _search = ((string?)typed.Value ?? "").Trim();
        _isNew = true;
        Pick();
    }

    private void Pick()
    {
        var found = _search.Length == 0 ? Plan.Jobs : [.. Plan.Jobs.Where(job => job.Name.Contains(_search, StringComparison.OrdinalIgnoreCase))];
        _runs = [.. found.Where(job => job.Action != PlannedAction.Keep)];
        _kept = [.. found.Where(job => job.Action == PlannedAction.Keep)];
        _keptInWords = RerunWords.Kept(_kept);
    }

    // The page around it changes with every job that moves, the plan does not.
    protected override bool ShouldRender() => _isNew;
}
