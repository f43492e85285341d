using System.ComponentModel.DataAnnotations;

namespace Torc.Web.Engine;

/// <summary>How patient the engine is with nodes and jobs.</summary>
internal sealed class EngineOptions
{
    /// <summary>
    /// How long an attempt that may run again elsewhere goes on without word from the server. Its keeper ends it before that; the
    /// server gives the job out again a quarter later, so that clocks may run apart by a tenth.
    /// </summary>
    /// <value>1 second to 7 days; default 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a job's processes have to end by themselves when it is to end.</summary>
    /// <value>0 seconds to 1 hour; default 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long a node should be busy with short jobs that it is sent before it has room for them; see <see cref="Torc.Shared.Placement.Credit"/>.</summary>
    /// <value>0 seconds, which sends none, to 1 hour; default 0.1 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Ahead { get; set; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan Heartbeat => Lease / 10;

    /// <summary>By the server's clock, from when it heard the agent last.</summary>
    public TimeSpan LeaseRunsOutAfter => Lease * 1.25;
}
