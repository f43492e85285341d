using System.ComponentModel.DataAnnotations;

namespace Torc.Web.Security;

/// <summary>How long what opens this server stays good.</summary>
internal sealed class SecurityOptions
{
    /// <summary>From the moment a one-time link is made to the last moment it works.</summary>
    /// <value>1 second to 1 hour; default 10 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LoginCodeLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>From the last request of a browser that came by a one-time link to the moment it needs another.</summary>
    /// <value>1 minute to 30 days; default 12 hours</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);
}
