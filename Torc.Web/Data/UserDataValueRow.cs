namespace Torc.Web.Data;

/// <summary>The last value that an attempt, or somebody from outside in a run, gave to a user data.</summary>
internal sealed class UserDataValueRow
{
    public long WorkflowId { get; set; }

    public required string Name { get; set; }

    public int Run { get; set; }

    /// <summary>0 for somebody from outside, as is the next.</summary>
    public long JobId { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>JSON text; null if it was taken away, as ephemeral ones are at the start of a run.</summary>
    public string? Data { get; set; }
}
