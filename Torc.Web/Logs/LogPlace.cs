using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Logs;

/// <summary>Where the logs of an attempt are.</summary>
/// <param name="Lengths">Null while it is open, and if nobody told.</param>
/// <param name="AreKept">Whether the server has fetched of them what it keeps.</param>
internal sealed record LogPlace(NodeId Node, string NodeName, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, LogLengths? Lengths, bool AreKept);
