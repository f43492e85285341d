using System.Text.Json;
using Torc.Shared.Contracts;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>People put workflows away and forget them, from the command line, with real processes.</summary>
public sealed class ArchiveTests
{
    [Fact]
    public async Task A_workflow_is_archived_brought_back_and_deleted_and_its_files_stay()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("{name: short, jobs: [{name: writes, command: 'echo 1 > made.txt; echo told'}]}");
        string made = Path.Combine((await site.EndAsync(workflow)).WorkingDirectory, "made.txt");

        var archived = await site.TorcAsync("archive", "short");
        Assert.Equal((0, $"short is archived. It comes back with: torc unarchive {workflow}"), (archived.ExitCode, archived.Output.Trim()));
        Assert.Equal("", (await site.TorcAsync("ls", "-q")).Output.Trim());
        Assert.Equal(workflow.ToString(), (await site.TorcAsync("ls", "-q", "--archived")).Output.Trim());
        var refused = await site.TorcAsync("rerun", "last", "--all", "--yes");
        Assert.Equal(9, refused.ExitCode);
        Assert.Contains("Unarchive it first.", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await site.TorcAsync("unarchive", workflow.ToString())).ExitCode);
        Assert.Equal(workflow.ToString(), (await site.TorcAsync("ls", "-q")).Output.Trim());

        var asked = await site.TorcAsync("delete", "last");
        Assert.Equal(
            (2, $"Delete short ({workflow}) for good, with 1 job and 1 run, their events, values and logs? Files that the jobs wrote stay. There is nobody to ask here: add --yes."),
            (asked.ExitCode, asked.Output.Trim()));
        var deleted = await site.TorcAsync("delete", "last", "--yes", "--json");
        Assert.Equal("short", JsonSerializer.Deserialize(deleted.Output, TorcJson.Default.WorkflowView)!.Name);
        Assert.Equal(5, (await site.TorcAsync("show", workflow.ToString())).ExitCode);
        Assert.True(File.Exists(made), "what the job wrote is there");
    }
}
