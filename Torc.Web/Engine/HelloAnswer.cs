using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>How the engine took an agent's hello.</summary>
/// <param name="Drop">Held attempts that another one has replaced.</param>
/// <param name="Unknown">Held attempts of jobs that are not in memory: only the store can tell whether they ended or never were.</param>
internal sealed record HelloAnswer(NodeId Node, IReadOnlyList<AttemptId> Drop, IReadOnlyList<AttemptId> Unknown);
