using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>A user data value to be stored.</summary>
/// <param name="Data">JSON text.</param>
internal sealed record UserDataPost(WorkflowId Workflow, string Name, string Data)
{
    /// <summary>Whether the workflow has a user data of that name; set by the store.</summary>
    public bool Stored { get; set; }
}
