using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>What is said of a workflow as a whole, apart from its definition and its jobs.</summary>
/// <param name="WorkingDirectory">Absolute.</param>
/// <param name="SpecVersion">The number of the spec that the definition comes from, from 1.</param>
/// <param name="ArchivedAt">When it was put away; null if it is not.</param>
internal sealed record WorkflowHead(
    WorkflowId Id, string WorkingDirectory, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null, int SpecVersion = 1, DateTimeOffset? ArchivedAt = null)
{
    public WorkflowView View(WorkflowState state) => new(
        Id,
        state.Definition.Name,
        state.Definition.Project,
        state.Definition.User,
        state.Definition.Description,
        state.Status,
        state.Run,
        Enum.GetValues<JobStatus>().Where(status => state.Count(status) > 0).ToDictionary(status => status, state.Count),
        WorkingDirectory,
        CreatedAt,
        StartedAt,
        EndedAt,
        state.Version,
        SpecVersion,
        ArchivedAt: ArchivedAt);
}
