using Microsoft.AspNetCore.Components;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>The jobs of a plan, each in a row; many of them in groups that open.</summary>
public sealed partial class PlanTable
{
    private const int Step = 200;

    private readonly Dictionary<(PlannedAction, ReasonCode), int> _shown = [];
    private IReadOnlyList<PlanGroup>? _groups;
    private IReadOnlyList<PlannedJobView>? _grouped;

    [Parameter, EditorRequired]
    public IReadOnlyList<PlannedJobView> Jobs { get; set; } = null!;

    /// <summary>Those of which an earlier plan said something else.</summary>
    [Parameter, EditorRequired]
    public IReadOnlySet<JobId> Marked { get; set; } = null!;

    /// <summary>Only names and reasons, for jobs that are kept.</summary>
    [Parameter]
    public bool IsShort { get; set; }

    /// <summary>Somebody wants a job to ask for something else. Without it nothing can be changed.</summary>
    [Parameter]
    public EventCallback<RequirementsChange> Changed { get; set; }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_grouped, Jobs))
        {
            _grouped = Jobs;
            _shown.Clear();
            _groups = Jobs.Count > PlanGroup.MostRows ? PlanGroup.Of(Jobs) : null;
        }
    }

    private void Toggle(PlanGroup group)
    {
        if (!_shown.Remove((group.Action, group.Code)))
        {
            _shown[(group.Action, group.Code)] = Step;
        }
    }
}
