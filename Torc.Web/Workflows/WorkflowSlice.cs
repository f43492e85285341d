using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Web.Workflows;

/// <summary>A page of a list of workflows, and what there is beside it.</summary>
/// <param name="Matching">How many the filter wants.</param>
/// <param name="Counts">How many of each status it would want if it named no status.</param>
/// <param name="All">How many there are, but for those that were put away.</param>
/// <param name="Archived">How many were put away.</param>
/// <param name="Projects">Of all workflows, in order.</param>
/// <param name="Users">Likewise.</param>
public sealed record WorkflowSlice(
    IReadOnlyList<WorkflowView> Workflows,
    int Matching,
    IReadOnlyDictionary<WorkflowStatus, int> Counts,
    int All,
    int Archived,
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Users);
