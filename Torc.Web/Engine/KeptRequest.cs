using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>What a request with a key came to.</summary>
/// <param name="Workflow">That it created, or of which it started a run.</param>
public sealed record KeptRequest(RequestKey Key, WorkflowId Workflow, DateTimeOffset At);
