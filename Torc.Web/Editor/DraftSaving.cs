using Torc.Shared.Jobs;

namespace Torc.Web.Editor;

/// <summary>What became of the wish to make a version of a draft.</summary>
public abstract record DraftSaving
{
    private DraftSaving()
    {
    }

    public sealed record Done(WorkflowId Workflow, int Version, string Directory) : DraftSaving;

    /// <summary>Somebody else gave the workflow another spec meanwhile.</summary>
    /// <param name="Newest">The version that it has now.</param>
    public sealed record Conflict(int Newest) : DraftSaving;

    /// <param name="Why">A sentence or two for people.</param>
    public sealed record Refused(string Why) : DraftSaving;
}
