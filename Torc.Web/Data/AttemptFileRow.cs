using Torc.Shared.Reruns;

namespace Torc.Web.Data;

/// <summary>A file as an attempt read or wrote it. What was in it, see <see cref="ContentRow"/>.</summary>
internal sealed class AttemptFileRow
{
    public long JobId { get; set; }

    public int Attempt { get; set; }

    /// <summary>An input or an output file.</summary>
    public ArtifactRole Role { get; set; }

    /// <summary>As the spec has it.</summary>
    public required string Path { get; set; }

    public FileState State { get; set; }

    /// <summary>See <see cref="FileIdentity.ToString"/>; null unless it was present.</summary>
    public string? Identity { get; set; }

    public bool WasChangedMeanwhile { get; set; }
}
