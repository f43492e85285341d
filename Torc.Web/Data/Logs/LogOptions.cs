using System.ComponentModel.DataAnnotations;

namespace Torc.Web.Data.Logs;

/// <summary>How much of the logs of ended attempts the server keeps: <c>TORC_LOGS__KEEP_BYTES</c>.</summary>
internal sealed class LogOptions
{
    /// <summary>Of all logs together; those that ended first go first.</summary>
    /// <value>0, which keeps none, to any number of bytes; default 2 GiB.</value>
    [Range(0, long.MaxValue)]
    [ConfigurationKeyName("keep_bytes")]
    public long KeepBytes { get; set; } = 2L << 30;

    /// <summary>Of the start of each log.</summary>
    /// <value>0 to 256 KiB, which is the default.</value>
    [Range(0, 256 << 10)]
    [ConfigurationKeyName("head_bytes")]
    public int HeadBytes { get; set; } = 256 << 10;

    /// <summary>Of the end of each log.</summary>
    /// <value>0 to 768 KiB, which is the default.</value>
    [Range(0, 768 << 10)]
    [ConfigurationKeyName("tail_bytes")]
    public int TailBytes { get; set; } = 768 << 10;
}
