namespace Torc.Shared.Jobs;

/// <summary>Statuses as people read and write them: by the word that pages and tables show, or by that of the API.</summary>
public static class JobStatusWords
{
    /// <summary>In place of a status that was seen last and that nobody knows any more.</summary>
    public const string Unknown = "unknown";

    /// <summary>The word of pages and tables.</summary>
    public static string Of(JobStatus status) => status switch
    {
        JobStatus.Blocked => "waiting",
        JobStatus.Pending => "starting",
        JobStatus.Completed => "done",
        JobStatus.Canceled => "cancelled",
        JobStatus.Terminated => "stopped",
        JobStatus.Disabled => "off",
        JobStatus.PendingFailed => "pending_failed",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <returns>Null if it is the word of none.</returns>
    public static JobStatus? TryParse(string word)
    {
        foreach (var status in Enum.GetValues<JobStatus>())
        {
            if (word.Equals(Of(status), StringComparison.OrdinalIgnoreCase) || word.Equals(status.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return status;
            }
        }

        return null;
    }
}
