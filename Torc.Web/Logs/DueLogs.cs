using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Logs;

/// <summary>Logs that are still to be fetched from their node.</summary>
internal sealed record DueLogs(AttemptId Attempt, LogLengths Lengths, DateTimeOffset EndedAt);
