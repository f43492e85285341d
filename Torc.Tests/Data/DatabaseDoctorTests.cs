using Torc.Web.Data.Doctor;
using Xunit;

namespace Torc.Tests.Data;

public sealed class DatabaseDoctorTests(SampleDatabase sample) : IClassFixture<SampleDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // What breaks which rule.
    public static TheoryData<string, string> Breakages => new()
    {
        { "I1", "DELETE FROM attempts WHERE job_id = 2" },
        { "I1", "UPDATE attempts SET number = 3 WHERE job_id = 2" },
        { "I1", "UPDATE attempts SET number = 0 WHERE job_id = 2" },
        { "I1", "UPDATE jobs SET attempt = 0 WHERE id = 2" },
        { "I2", "UPDATE attempts SET outcome = 0, exit_code = 1, ended_at = 1 WHERE job_id = 10" },
        { "I2", "UPDATE jobs SET status = 2, node_id = NULL WHERE id = 10" },
        { "I2", "UPDATE attempts SET outcome = NULL, ended_at = NULL WHERE job_id = 2" },
        { "I2", "UPDATE attempts SET node_id = 2 WHERE job_id = 10" },
        { "I2", "UPDATE jobs SET node_id = 1 WHERE id = 2" },
        { "I2", "UPDATE jobs SET attempt = 2 WHERE id = 10; INSERT INTO attempts (job_id, number, workflow_id, run, spec_version, node_id, assigned_at, started_at, ended_at, outcome) SELECT job_id, 2, workflow_id, run, spec_version, node_id, assigned_at, started_at, 5, 8 FROM attempts WHERE job_id = 10" },
        { "I3", "UPDATE attempts SET exit_code = 1 WHERE job_id = 2" },
        { "I3", "UPDATE attempts SET outcome = 8 WHERE job_id = 2" },
        { "I3", "UPDATE jobs SET status = 6 WHERE id = 2" },
        { "I3", "UPDATE jobs SET status = 8 WHERE id = 8" },
        { "I4", "UPDATE jobs SET status = 2 WHERE id = 12" },
        { "I4", "UPDATE jobs SET status = 2 WHERE id = 6" },
        { "I4", "UPDATE jobs SET status = 1 WHERE id = 11" },
        { "I4", "UPDATE jobs SET status = 7 WHERE id = 11" },
        { "I4", "UPDATE jobs SET failed_blocker_id = 2 WHERE id = 6" },
        { "I4", "UPDATE jobs SET failed_blocker_id = 99 WHERE id = 6" },
        { "I4", "UPDATE jobs SET failed_blocker_id = 5 WHERE id = 12" },
        { "I6", "UPDATE attempts SET ended_at = NULL WHERE job_id = 2" },
        { "I6", "UPDATE attempts SET ended_at = 1 WHERE job_id = 10" },
        { "I6", "UPDATE attempts SET exit_code = NULL WHERE job_id = 5" },
        { "I7", "UPDATE nodes SET cpus = 0" },
        { "I7", "UPDATE nodes SET memory_bytes = 1" },
        { "I7", "UPDATE jobs SET raised_memory_bytes = 1000000000000 WHERE id = 10" },
        { "I7", "UPDATE requirements SET gpus = 1" },
        { "I8", "UPDATE workflows SET status = 1, ended_at = NULL WHERE id = 1" },
        { "I8", "UPDATE workflows SET status = 3 WHERE id = 1" },
        { "I8", "UPDATE workflows SET status = 2 WHERE id = 2" },
        { "I8", "UPDATE workflows SET status = 3, ended_at = 1 WHERE id = 3" },
        { "I8", "UPDATE workflows SET status = 0 WHERE id = 3" },
        { "I8", "UPDATE workflows SET status = 1 WHERE id = 4" },
        { "I8", "UPDATE workflows SET ended_at = NULL WHERE id = 1" },
        { "I8", "UPDATE workflows SET ended_at = 1 WHERE id = 3" },
        { "I9", "UPDATE jobs SET stop_reason = 'stopped by ann' WHERE id = 11" },
        { "I9", "UPDATE jobs SET stop_reason = 'stopped by ann' WHERE id = 12" },
        { "I10", "DELETE FROM events WHERE number = 2" },
        { "I10", "DELETE FROM events WHERE number = 1" },
        { "I11", "UPDATE runs SET number = 2 WHERE workflow_id = 1" },
        { "I11", "UPDATE runs SET status = 1 WHERE workflow_id = 1" },
        { "versions", "UPDATE jobs SET version = 1000 WHERE id = 2" },
        { "positions", "UPDATE jobs SET position = 7 WHERE id = 16" },
        { "references", "DELETE FROM workflows WHERE id = 1" },
        { "references", "DELETE FROM workflows WHERE id = 3" },
        { "references", "DELETE FROM workflows WHERE id = 4" },
        { "references", "DELETE FROM specs WHERE workflow_id = 4" },
        { "references", "DELETE FROM nodes" },
        { "references", "UPDATE attempts SET workflow_id = 2 WHERE job_id = 2" },
        { "references", "DELETE FROM requirements WHERE workflow_id = 4" },
        { "references", "DELETE FROM jobs WHERE id = 16" },
        { "references", "DELETE FROM files WHERE workflow_id = 4" },
        { "references", "INSERT INTO job_artifacts VALUES (4, 0, 3, 5)" },
        { "references", "UPDATE workflows SET spec_version = 2 WHERE id = 1" },
        { "references", "INSERT INTO contents (workflow_id, path, identity, digest, read_at) VALUES (99, 'x', 'x', 'x', 1)" },
        { "references", "INSERT INTO user_data_values (workflow_id, name, run, job_id, attempt, at) VALUES (99, 'x', 1, 0, 0, 1)" },
        { "references", "INSERT INTO attempt_files (job_id, attempt, role, path, state, was_changed_meanwhile) VALUES (2, 7, 0, 'x', 0, 0)" },
        { "references", "INSERT INTO samples (job_id, attempt, at, cpu_percent, memory_bytes, processes, read_rate, write_rate) VALUES (2, 7, 1, 0.5, 1, 1, 0, 0)" },
        { "references", "INSERT INTO node_samples (node_id, at, cpu_percent, memory_bytes, processes, read_rate, write_rate) VALUES (77, 1, 0.5, 1, 1, 0, 0)" },
        { "references", "INSERT INTO drafts (user_name, workflow_id, file_name, name, is_saved, text, history, places, changed_at) VALUES ('ann', 99, 'x', 'x', 1, '', '{}', '{}', 1)" },
    };

    [Fact]
    public async Task A_sound_database_passes()
    {
        var examination = await DatabaseDoctor.ExamineAsync(await sample.CopyAsync(), Cancel);

        Assert.True(examination.IsSound, string.Join('\n', examination.Violations));
        Assert.InRange(examination.Checks, 30, 100);
    }

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task Whatever_breaks_a_rule_is_found_under_its_number(string number, string breakage)
    {
        var examination = await DatabaseDoctor.ExamineAsync(await sample.CopyAsync(breakage), Cancel);

        Assert.Contains(number, examination.Violations.Select(violation => violation.Invariant));
    }

    [Fact]
    public async Task Each_rule_has_something_that_breaks_it()
    {
        var broken = new HashSet<string>();
        foreach (var (_, breakage) in Breakages.Select(row => row.Data))
        {
            var examination = await DatabaseDoctor.ExamineAsync(await sample.CopyAsync(breakage), Cancel);
            broken.UnionWith(examination.Violations.Select(violation => violation.Sentence));
        }

        Assert.Equal([], Invariants.All.Select(invariant => invariant.Sentence).Except(broken));
    }

    [Fact]
    public async Task A_node_that_came_back_smaller_than_what_runs_on_it_breaks_no_rule_until_it_is_given_more()
    {
        const string CameBackSmaller = "UPDATE nodes SET cpus = 0, last_heard_at = (SELECT MAX(assigned_at) FROM attempts) + 1;";
        string before = await sample.CopyAsync(CameBackSmaller);
        string after = await sample.CopyAsync(CameBackSmaller + "UPDATE attempts SET assigned_at = assigned_at + 1 WHERE job_id = 10");

        Assert.True((await DatabaseDoctor.ExamineAsync(before, Cancel)).IsSound);
        Assert.Equal("I7", Assert.Single((await DatabaseDoctor.ExamineAsync(after, Cancel)).Violations).Invariant);
    }

    [Fact]
    public async Task It_says_where_and_stops_listing_after_ten()
    {
        string database = await sample.CopyAsync("UPDATE jobs SET version = 1000");

        var violation = Assert.Single((await DatabaseDoctor.ExamineAsync(database, Cancel)).Violations);

        Assert.Equal((16, 10), (violation.Count, violation.Places.Count));
        Assert.StartsWith("workflow_id=1 job_id=1 version=1000 workflow_version=", violation.Places[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_written_over_is_found()
    {
        string database = await sample.CopyAsync();
        byte[] bytes = await File.ReadAllBytesAsync(database, Cancel);
        // The start of the last page: what kind of page it is, and where its rows are. Its end is empty if its table is.
        Array.Fill<byte>(bytes, 0xFF, bytes.Length - 4096, 500);
        await File.WriteAllBytesAsync(database, bytes, Cancel);

        var examination = await DatabaseDoctor.ExamineAsync(database, Cancel);

        Assert.Contains("sqlite", examination.Violations.Select(violation => violation.Invariant));
    }
}
