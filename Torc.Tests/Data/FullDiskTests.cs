using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Tests.Engine;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Data.Doctor;
using Torc.Web.Engine;
using Torc.Web.Events;
using Xunit;

namespace Torc.Tests.Data;

/// <summary>An engine whose database lies on a real file system that is really full.</summary>
public sealed class FullDiskTests
{
    private const int Rounds = 20;

    private static readonly DiskOptions NoBallast = new() { BallastBytes = 0 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_times_full_nothing_is_lost_and_nothing_runs_twice()
    {
        await using var disk = await SmallDisk.MountAsync(64);
        await using var host = await EngineHost.StartAsync(disk.Folder, disk: NoBallast);
        var workflow = await host.CreateAsync(Sketch.Draw(Jobs(Rounds * 2)));
        var agent = host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        string? stored = null;

        for (int round = 0; round < Rounds; round++)
        {
            await disk.FillAsync();
            // The database and its log may have room in themselves for a while, so each text is larger than the one before.
            StoreUnavailableException? full = null;
            for (int size = 1; full is null; size++)
            {
                string text = Text(size);
                full = await TryStoreAsync(host, workflow, text);
                stored = full is null ? text : stored;
            }

            Assert.Equal(StoreTrouble.DiskFull, full.Trouble);
            Assert.Matches(@"^The disk with the database is full \(\d.* free of 64(\.0)? MiB\): nothing was lost; it goes on by itself when there is room\.$", full.Message);

            // A small change may find a place in the log all the same. One that does not is as if it had never been tried.
            bool isDelivered = await TryDeliverAsync(agent);
            Assert.True(isDelivered || (await host.Queries.JobsAsync(workflow, Cancel)).Count(job => job.Status == JobStatus.Pending) == 2);

            disk.Free();
            Assert.True(isDelivered || await TryDeliverAsync(agent));
        }

        var jobs = await host.Queries.JobsAsync(workflow, Cancel);
        Assert.All(jobs, job => Assert.Equal((JobStatus.Completed, 1), (job.Status, job.Attempt)));
        Assert.Equal(stored, (await new UserDataQueries(new SqliteStore(host.Database).Open).ListAsync(workflow, Cancel)).Single().Value?.GetRawText());
        var examination = await DatabaseDoctor.ExamineAsync(host.Database, Cancel);
        Assert.True(examination.IsSound, string.Join('\n', examination.Violations));
    }

    [Fact]
    public async Task The_ballast_makes_room_for_results_and_comes_back_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync(32);
        await using var host = await EngineHost.StartAsync(disk.Folder, disk: new DiskOptions { BallastBytes = 8 << 20 });
        var workflow = await host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        await host.Disk.RestoreBallastAsync(Cancel);
        string ballast = host.Database + ".ballast";
        Assert.Equal(8 << 20, new FileInfo(ballast).Length);

        await disk.FillAsync();
        for (int size = 1; File.Exists(ballast); size++)
        {
            Assert.Null(await TryStoreAsync(host, workflow, Text(size)));
        }

        // It would only take the room that results need.
        await host.Disk.RestoreBallastAsync(Cancel);
        Assert.False(File.Exists(ballast));
        disk.Free();
        await host.Disk.RestoreBallastAsync(Cancel);
        Assert.Equal(8 << 20, new FileInfo(ballast).Length);
    }

    private static string Jobs(int count) => string.Join('|', Enumerable.Range(0, count).Select(number => $"> job{number} >"));

    private static string Text(int size) => $"\"{new string((char)('a' + (size % 26)), size << 18)}\"";

    // Large enough that it finds no room where a little was left.
    private static AttemptEnded Ended(AttemptId attempt) => new(
        attempt,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        new Outcome(OutcomeKind.Exit, 0, new string('x', 300 << 10)),
        new AttemptUsage(TimeSpan.FromSeconds(1), MemorySize.Mebibytes(5)));

    // As an agent does it: whenever its word was not taken, it opens the conversation anew.
    private static async Task<bool> TryDeliverAsync(EngineHost.FakeAgent agent)
    {
        try
        {
            Assert.Empty((await agent.HelloAsync())!.Drop);
            return await agent.ReportAsync([.. agent.Held.Select(Ended)]) is not null;
        }
        catch (StoreUnavailableException full)
        {
            Assert.Equal(StoreTrouble.DiskFull, full.Trouble);
            return false;
        }
    }

    private static async Task<StoreUnavailableException?> TryStoreAsync(EngineHost host, WorkflowId workflow, string text)
    {
        try
        {
            await host.Engine.ChangeAsync(
                (_, commit, now) =>
                {
                    commit.UserData.Add(new UserDataPost(workflow, "results", text, now));
                    return true;
                },
                Cancel);
            return null;
        }
        catch (StoreUnavailableException full)
        {
            return full;
        }
    }
}
