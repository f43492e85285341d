namespace Torc.Web.Data;

/// <summary>A job needs or produces a file or a user data; all by position.</summary>
internal sealed class JobArtifactRow
{
    public long WorkflowId { get; set; }

    public int Job { get; set; }

    public ArtifactRole Role { get; set; }

    public int Artifact { get; set; }
}
