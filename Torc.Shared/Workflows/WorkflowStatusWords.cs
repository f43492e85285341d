namespace Torc.Shared.Workflows;

/// <summary>Statuses of workflows as people read and write them: by the word that pages and tables show, or by that of the API.</summary>
public static class WorkflowStatusWords
{
    public static string Of(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Uninitialized => "draft",
        WorkflowStatus.Completed => "done",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <returns>Null if it is the word of none.</returns>
    public static WorkflowStatus? TryParse(string word)
    {
        foreach (var status in Enum.GetValues<WorkflowStatus>())
        {
            if (word.Equals(Of(status), StringComparison.OrdinalIgnoreCase) || word.Equals(status.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return status;
            }
        }

        return null;
    }
}
