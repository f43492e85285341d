using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Shared.Contracts;

/// <summary>A workflow with all that is known of it but its logs and samples: to keep, to hand on, and to make a workflow of elsewhere.</summary>
/// <param name="TorcExport">The version of this form.</param>
/// <param name="ExportedAt">What goes on meanwhile may be in one part and not yet in another.</param>
/// <param name="Spec">The newest version of its text.</param>
/// <param name="Runs">Oldest first.</param>
/// <param name="Jobs">In the order of the spec.</param>
/// <param name="Events">Oldest first.</param>
public sealed record WorkflowExport(
    int TorcExport,
    DateTimeOffset ExportedAt,
    WorkflowView Workflow,
    ExportedSpec Spec,
    IReadOnlyList<RunView> Runs,
    IReadOnlyList<UserDataView> UserData,
    IAsyncEnumerable<ExportedJob> Jobs,
    IAsyncEnumerable<EventView> Events)
{
    /// <summary>The version of the form that this Torc writes, and the newest that it reads.</summary>
    public const int Form = 1;
}

/// <param name="FileName">Its ending tells the notation.</param>
/// <param name="Text">As it was given.</param>
public sealed record ExportedSpec(int Version, string FileName, string Text);

/// <param name="RequirementsName">The class of its requirements; null if it names none.</param>
/// <param name="Attempts">Oldest first.</param>
public sealed record ExportedJob(
    JobId Id, string Name, JobStatus Status, string Command, string? RequirementsName, ResourceRequirements Needs, IReadOnlyList<AttemptView> Attempts);
