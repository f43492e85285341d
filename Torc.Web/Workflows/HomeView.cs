using Torc.Shared.Contracts;

namespace Torc.Web.Workflows;

/// <summary>The few workflows that the first page shows, and how many there are.</summary>
/// <param name="Troubled">Those that a person has to look at, the latest first.</param>
/// <param name="Running">The newest first.</param>
/// <param name="Ended">Those that ended last.</param>
/// <param name="AllTroubled">How many there are of the first kind.</param>
/// <param name="All">How many there are of any kind.</param>
/// <param name="Archived">How many were put away; they are in none of the others.</param>
public sealed record HomeView(IReadOnlyList<WorkflowView> Troubled, IReadOnlyList<WorkflowView> Running, IReadOnlyList<WorkflowView> Ended, int AllTroubled, int All, int Archived);
