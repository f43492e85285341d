using Torc.Tests.Data;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The command, on databases that servers left behind or have now.</summary>
public sealed class DoctorTests(SampleDatabase sample) : IClassFixture<SampleDatabase>
{
    [Fact]
    public async Task Where_there_is_no_database_it_returns_5()
    {
        await using var site = Site.Empty();

        Assert.Equal((5, $"There is no database {site.Data.Database}.\n"), await site.TorcAsync("doctor"));
        Assert.False(File.Exists(site.Data.Database));
    }

    [Fact]
    public async Task A_sound_database_returns_0_and_a_broken_one_1_with_the_rule_and_the_place()
    {
        await using var site = Site.Empty();
        Directory.CreateDirectory(site.Data.Path);
        File.Copy(await sample.CopyAsync(), site.Data.Database);

        var (sound, words) = await site.TorcAsync("doctor");
        await SampleDatabase.ExecuteAsync(site.Data.Database, "UPDATE jobs SET stop_reason = 'stopped by ann' WHERE id = 11");
        var (unsound, complaint) = await site.TorcAsync("doctor");
        var (json, document) = await site.TorcAsync("doctor", "--json");

        Assert.Equal(0, sound);
        Assert.Contains("is sound", words, StringComparison.Ordinal);
        Assert.Equal(1, unsound);
        Assert.Contains("I9: broken in 1 place. ", complaint, StringComparison.Ordinal);
        Assert.Contains("\n    workflow_id=3 job_id=11 status=2\n", complaint, StringComparison.Ordinal);
        Assert.Equal(1, json);
        Assert.Contains("""
            "is_sound":false
            """, document, StringComparison.Ordinal);
        Assert.Contains("""
            "places":["workflow_id=3 job_id=11 status=2"]
            """, document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_looks_while_a_server_runs_and_after_it_was_killed()
    {
        await using var site = await Site.StartAsync(cpus: 1);
        await site.RunAsync("{name: w, jobs: [{name: a, command: 'sleep 1000'}, {name: b, command: 'true', depends_on: [a]}]}");

        var (running, _) = await site.TorcAsync("doctor");
        await site.KillServerAsync();
        var (killed, _) = await site.TorcAsync("doctor");

        Assert.Equal((0, 0), (running, killed));
    }
}
