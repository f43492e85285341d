using System.Text.Json;
using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Xunit;

namespace Torc.Tests.Agent.Files;

public sealed class FileRecordsTests
{
    private static readonly FileIdentity Then = new(1, 2, 3, 4, 5);

    [Theory]
    [InlineData(FileState.Present, 3, FileState.Present, 3, false)]
    [InlineData(FileState.Present, 3, FileState.Present, 9, true)]
    [InlineData(FileState.Present, 3, FileState.Missing, 0, true)]
    [InlineData(FileState.Missing, 0, FileState.Present, 3, true)]
    [InlineData(FileState.Missing, 0, FileState.Missing, 0, false)]
    [InlineData(FileState.Unknown, 0, FileState.Present, 3, false)]
    [InlineData(FileState.Present, 3, FileState.Unknown, 0, false)]
    public void An_input_has_changed_meanwhile_if_it_was_seen_to_be_another(FileState before, long changedBefore, FileState after, long changedAfter, bool hasChanged)
    {
        var files = FileRecords.Of([File(before, changedBefore)], [File(after, changedAfter)], []);

        Assert.Equal([File(before, changedBefore) with { WasChangedMeanwhile = hasChanged }], files.Inputs);
    }

    [Fact]
    public void A_job_may_change_the_mode_of_what_it_reads()
    {
        var before = new RecordedFile("a", FileState.Present, Then);
        var after = new RecordedFile("a", FileState.Present, Then with { ChangedNs = 99 });

        Assert.Equal([before], FileRecords.Of([before], [after], []).Inputs);
    }

    [Fact]
    public void Of_a_folder_that_a_job_reads_and_writes_into_counts_what_it_left()
    {
        RecordedFile[] before = [new("data", FileState.Present, Then), new("datum", FileState.Present, Then)];
        RecordedFile[] after = [.. before.Select(file => file with { Identity = Then with { Inode = 9 } })];

        var files = FileRecords.Of(before, after, [new RecordedFile("data/results/fit.csv", FileState.Present, Then)]);

        Assert.Equal([after[0], before[1] with { WasChangedMeanwhile = true }], files.Inputs);
    }

    [Fact]
    public void Where_nobody_could_look_again_the_inputs_are_as_they_were()
    {
        Assert.Equal([File(FileState.Present, 3)], FileRecords.Of([File(FileState.Present, 3)], null, []).Inputs);
    }

    [Theory]
    [InlineData("data/part.csv")]
    [InlineData("データ/部分")]
    public void The_files_of_one_attempt_never_make_a_message_that_the_server_does_not_hear(string path)
    {
        var identity = new FileIdentity(long.MaxValue, long.MaxValue, long.MaxValue, ulong.MaxValue, ulong.MaxValue);
        RecordedFile[] inputs = [.. Enumerable.Range(0, 30_000).Select(number => new RecordedFile($"{path}{number}", FileState.Present, identity))];

        var end = new AttemptEnded(
            new AttemptId(new JobId(1), 1), default, null, new Outcome(OutcomeKind.Exit, 0), AttemptUsage.None, FileRecords.Of(inputs, inputs, inputs));

        var report = new AgentReport(default, 1, [end]);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(report, TorcJson.Default.AgentReport).Length, 1 << 19, 3 << 19);
        Assert.Equal(identity, end.Files!.Inputs[0].Identity);
        Assert.Equal(FileState.Unknown, end.Files.Inputs[^1].State);
    }

    private static RecordedFile File(FileState state, long changed) => new("a", state, state == FileState.Present ? Then with { ModifiedNs = changed } : null);
}
