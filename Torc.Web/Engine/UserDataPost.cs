using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>A user data value to be stored.</summary>
/// <param name="Data">JSON text; null takes the value away.</param>
/// <param name="By">The attempt that stores it; null if that is somebody outside of the workflow's jobs.</param>
internal sealed record UserDataPost(WorkflowId Workflow, string Name, string? Data, DateTimeOffset At, AttemptId? By = null)
{
    /// <summary>Whether the workflow has a user data of that name; set by the store.</summary>
    public bool Stored { get; set; }
}
