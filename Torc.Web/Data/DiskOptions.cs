using System.ComponentModel.DataAnnotations;

namespace Torc.Web.Data;

/// <summary>How careful the server is with the disk on which its database lies.</summary>
internal sealed class DiskOptions
{
    /// <summary>New workflows are refused when less than this and less than <see cref="MinFreePercent"/> is free.</summary>
    /// <value>0 to any number of bytes; default 200 MiB.</value>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 200L << 20;

    /// <value>0 to 100; default 5.</value>
    [Range(0, 100)]
    public int MinFreePercent { get; set; } = 5;

    /// <summary>The size of a file that is deleted when the disk is full, so that results can be stored all the same.</summary>
    /// <value>0 for none to 1 GiB; default 16 MiB.</value>
    [Range(0, 1 << 30)]
    public int BallastBytes { get; set; } = 16 << 20;
}
