using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>One attempt as it is kept for ever.</summary>
/// <param name="Run">The workflow's run in which it was made.</param>
/// <param name="AssignedAt">By the server's clock; the other times by the node's.</param>
/// <param name="Outcome">Null while it is open.</param>
internal sealed record AttemptRecord(
    AttemptId Id,
    int Run,
    NodeId Node,
    DateTimeOffset AssignedAt,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    Outcome? Outcome = null,
    AttemptUsage? Usage = null);
