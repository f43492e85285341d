using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>What the event of a job's change says of it.</summary>
internal sealed record JobMovedData(string? Reason, OutcomeKind? Outcome, int? ExitCode);
