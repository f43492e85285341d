using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>Reads from the database what became of a workflow.</summary>
internal static class StoredJobQueries
{
    public static async Task<IReadOnlyList<StoredJob>> OfAsync(string database, WorkflowId workflow, CancellationToken cancel)
    {
        await using var connection = await ReadOnlyDatabase.OpenAsync(database, cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT j.id, j.name, j.status, a.number, a.outcome, a.exit_code, a.detail
            FROM jobs j LEFT JOIN attempts a ON a.job_id = j.id
            WHERE j.workflow_id = $workflow ORDER BY j.position, a.number
            """;
        command.Parameters.AddWithValue("$workflow", workflow.Value);
        var jobs = new List<(JobId Id, string Name, JobStatus Status, List<Outcome?> Outcomes)>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var id = new JobId(reader.GetInt64(0));
            if (jobs.Count == 0 || jobs[^1].Id != id)
            {
                jobs.Add((id, reader.GetString(1), (JobStatus)reader.GetInt32(2), []));
            }

            if (!reader.IsDBNull(3))
            {
                jobs[^1].Outcomes.Add(reader.IsDBNull(4)
                    ? null
                    : new Outcome((OutcomeKind)reader.GetInt32(4), reader.IsDBNull(5) ? null : reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetString(6)));
            }
        }

        return [.. jobs.Select(job => new StoredJob(job.Id, job.Name, job.Status, job.Outcomes))];
    }
}
