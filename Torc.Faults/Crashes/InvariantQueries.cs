using Microsoft.Data.Sqlite;

namespace Torc.Faults.Crashes;

/// <summary>The invariants of the store that a query can see, all in one snapshot. Numbers of statuses and outcomes are those that are stored.</summary>
internal sealed class InvariantQueries : IDatabaseCheck
{
    // Each answers with a sentence for each violation.
    private static readonly string[] Queries =
    [
        // I1: attempts count from 1, without gaps, and the job knows the newest.
        """
        SELECT 'I1 job ' || j.id || ' is at attempt ' || j.attempt || ' and has ' || count(a.number) || ' up to ' || coalesce(max(a.number), 0)
        FROM jobs j LEFT JOIN attempts a ON a.job_id = j.id
        GROUP BY j.id HAVING count(a.number) <> j.attempt OR coalesce(max(a.number), 0) <> j.attempt
        """,
        // I2: pending or running, if and only if the newest attempt is open; and no other is.
        """
        SELECT 'I2 job ' || j.id || ' has status ' || j.status || ' and its attempt ' || j.attempt || ' outcome ' || coalesce(a.outcome, 'none')
        FROM jobs j LEFT JOIN attempts a ON a.job_id = j.id AND a.number = j.attempt
        WHERE (j.status IN (3, 4)) <> (a.job_id IS NOT NULL AND a.outcome IS NULL)
        """,
        """
        SELECT 'I2 attempt ' || a.job_id || '.' || a.number || ' is open, and its job is at attempt ' || j.attempt
        FROM attempts a JOIN jobs j ON j.id = a.job_id WHERE a.outcome IS NULL AND a.number <> j.attempt
        """,
        """
        SELECT 'I2 job ' || j.id || ' is on node ' || coalesce(j.node_id, 'none') || ', and its attempt on ' || a.node_id
        FROM jobs j JOIN attempts a ON a.job_id = j.id AND a.number = j.attempt
        WHERE j.node_id IS NOT CASE WHEN j.status IN (3, 4) THEN a.node_id END
        """,
        // I3: completed, if and only if the newest attempt ended with 0.
        """
        SELECT 'I3 job ' || j.id || ' has status ' || j.status || ', and its attempt outcome ' || coalesce(a.outcome, 'none') || ' and exit code ' || coalesce(a.exit_code, 'none')
        FROM jobs j LEFT JOIN attempts a ON a.job_id = j.id AND a.number = j.attempt
        WHERE (j.status = 5) <> coalesce(a.outcome = 0 AND a.exit_code = 0, 0)
        """,
        // I4: what was set free has nothing to wait for.
        """
        SELECT 'I4 job ' || j.id || ' has status ' || j.status || ', and waits for job ' || b.id || ' of status ' || b.status
        FROM dependencies d
        JOIN jobs j ON j.workflow_id = d.workflow_id AND j.position = d.job
        JOIN jobs b ON b.workflow_id = d.workflow_id AND b.position = d.blocker
        WHERE j.status IN (2, 3, 4, 5) AND b.status <> 5 AND NOT (b.status IN (6, 7, 8, 9) AND j.cancel_on_blocking_job_failure = 0)
        """,
        // I6: an end has a time, and only an end has.
        """
        SELECT 'I6 attempt ' || job_id || '.' || number || ' has outcome ' || coalesce(outcome, 'none') || ' and ended at ' || coalesce(ended_at, 'no time')
        FROM attempts WHERE (outcome IS NULL) <> (ended_at IS NULL)
        """,
        // I7: open attempts fit their node.
        """
        SELECT 'I7 node ' || n.id || ' has ' || n.cpus || ' CPUs and gave out ' || sum(r.cpus)
        FROM attempts a
        JOIN jobs j ON j.id = a.job_id
        JOIN requirements r ON r.workflow_id = j.workflow_id AND r.position = j.requirements
        JOIN nodes n ON n.id = a.node_id
        WHERE a.outcome IS NULL GROUP BY n.id HAVING sum(r.cpus) > n.cpus
        """,
        // I8: a workflow runs, if and only if some job of it has not ended.
        """
        SELECT 'I8 workflow ' || w.id || ' has status ' || w.status || ' and ' || sum(j.status IN (0, 1, 2, 3, 4, 10)) || ' jobs that have not ended'
        FROM workflows w JOIN jobs j ON j.workflow_id = w.id
        WHERE w.status <> 0 GROUP BY w.id HAVING (w.status = 1) <> (sum(j.status IN (0, 1, 2, 3, 4, 10)) > 0)
        """,
        // I10: events are numbered without gaps.
        "SELECT 'I10 workflow ' || workflow_id || ' has ' || count(*) || ' events up to ' || max(number) FROM events GROUP BY workflow_id HAVING count(*) <> max(number)",
        "SELECT 'the file: ' || quick_check FROM pragma_quick_check WHERE quick_check <> 'ok'",
        "SELECT 'a row of ' || \"table\" || ' points to nothing in ' || parent FROM pragma_foreign_key_check",
    ];

    public async Task<IReadOnlyList<string>> CheckAsync(string database, CancellationToken cancel)
    {
        await using var connection = await ReadOnlyDatabase.OpenAsync(database, cancel);
        if (!await HasTablesAsync(connection, cancel))
        {
            // The server was killed before it had made them.
            return [];
        }

        await using var snapshot = connection.BeginTransaction(deferred: true);
        var violations = new List<string>();
        foreach (string query in Queries)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = snapshot;
#pragma warning disable CA2100 // All of them are above.
            command.CommandText = query;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                violations.Add(reader.GetString(0));
            }
        }

        return violations;
    }

    private static async Task<bool> HasTablesAsync(SqliteConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name IN ('attempts', 'events')";
        return await command.ExecuteScalarAsync(cancel) is 2L;
    }
}
