using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Engine;

/// <summary>One attempt as it is kept for ever.</summary>
/// <param name="Run">The workflow's run in which it was made.</param>
/// <param name="AssignedAt">By the server's clock; the other times by the node's.</param>
/// <param name="SpecVersion">The version of the spec that it was made from.</param>
/// <param name="Fingerprint">What it was made of. Told to the store once and not kept in memory: null for an attempt that was loaded.</param>
/// <param name="Outcome">Null while it is open.</param>
/// <param name="Files">What it read and wrote; told to the store with the end, as is the next.</param>
/// <param name="Logs">How much it wrote to its logs; null if it never ran.</param>
internal sealed record AttemptRecord(
    AttemptId Id,
    int Run,
    NodeId Node,
    DateTimeOffset AssignedAt,
    int SpecVersion,
    Fingerprint? Fingerprint = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    Outcome? Outcome = null,
    AttemptUsage? Usage = null,
    AttemptFiles? Files = null,
    LogLengths? Logs = null);
