using Microsoft.EntityFrameworkCore;
using Torc.Faults.Crashes;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Agent.Support;
using Torc.Web.Data;
using Xunit;

namespace Torc.Tests.Faults;

/// <summary>A database in which all is well, and what each damage to it is called: job 1 is completed, job 2 waits for it and runs.</summary>
public sealed class InvariantQueriesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _folder.At("torc.db");

    public async ValueTask InitializeAsync()
    {
        var now = DateTimeOffset.UnixEpoch;
        var store = new SqliteStore(Database);
        await store.PrepareAsync(Cancel);
        await using var db = store.Open();
        db.Add(new WorkflowRow { Id = 1, Name = "w", WorkingDirectory = "/", Status = WorkflowStatus.Running });
        db.Add(new RequirementsRow { WorkflowId = 1, Cpus = 2 });
        db.Add(new NodeRow { Id = 1, AgentId = "a", Name = "n", AgentVersion = "", Cpus = 2 });
        db.Add(new JobRow { Id = 1, WorkflowId = 1, Position = 0, Name = "a", Command = "a", Status = JobStatus.Completed, Attempt = 1, CancelOnBlockingJobFailure = true });
        db.Add(new JobRow { Id = 2, WorkflowId = 1, Position = 1, Name = "b", Command = "b", Status = JobStatus.Running, Attempt = 1, NodeId = 1, CancelOnBlockingJobFailure = true });
        db.Add(new DependencyRow { WorkflowId = 1, Job = 1, Blocker = 0 });
        db.Add(new AttemptRow { JobId = 1, Number = 1, WorkflowId = 1, NodeId = 1, AssignedAt = now, EndedAt = now, Outcome = OutcomeKind.Exit, ExitCode = 0 });
        db.Add(new AttemptRow { JobId = 2, Number = 1, WorkflowId = 1, NodeId = 1, AssignedAt = now });
        db.Add(new EventRow { WorkflowId = 1, Number = 1, Type = "t", Data = "1" });
        await db.SaveChangesAsync(Cancel);
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_sound_database_is_found_sound() => Assert.Empty(await new InvariantQueries().CheckAsync(Database, Cancel));

    [Theory]
    [InlineData("UPDATE jobs SET attempt = 3 WHERE id = 2", "I1 job 2 is at attempt 3 and has 1 up to 1")]
    [InlineData("UPDATE attempts SET outcome = 8, ended_at = 1 WHERE job_id = 2", "I2 job 2 has status 4 and its attempt 1 outcome 8")]
    [InlineData("UPDATE jobs SET status = 2 WHERE id = 2", "I2 job 2 has status 2 and its attempt 1 outcome none")]
    [InlineData("UPDATE jobs SET node_id = NULL WHERE id = 2", "I2 job 2 is on node none, and its attempt on 1")]
    [InlineData("UPDATE jobs SET status = 6 WHERE id = 1", "I3 job 1 has status 6, and its attempt outcome 0 and exit code 0")]
    [InlineData("UPDATE attempts SET exit_code = 1 WHERE job_id = 1", "I3 job 1 has status 5, and its attempt outcome 0 and exit code 1")]
    [InlineData("UPDATE jobs SET status = 6 WHERE id = 1", "I4 job 2 has status 4, and waits for job 1 of status 6")]
    [InlineData("UPDATE attempts SET ended_at = NULL WHERE job_id = 1", "I6 attempt 1.1 has outcome 0 and ended at no time")]
    [InlineData("UPDATE nodes SET cpus = 1", "I7 node 1 has 1 CPUs and gave out 2")]
    [InlineData("UPDATE workflows SET status = 2", "I8 workflow 1 has status 2 and 1 jobs that have not ended")]
    [InlineData("UPDATE events SET number = 2", "I10 workflow 1 has 1 events up to 2")]
    public async Task Each_damage_is_called_by_its_name(string damage, string expected)
    {
        await using (var db = new SqliteStore(Database).Open())
        {
#pragma warning disable EF1002 // It is one of the above.
            await db.Database.ExecuteSqlRawAsync(damage, Cancel);
#pragma warning restore EF1002
        }

        Assert.Contains(expected, await new InvariantQueries().CheckAsync(Database, Cancel));
    }
}
