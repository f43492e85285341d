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
    private static readonly FileIdentity Largest = new(long.MaxValue, long.MaxValue, long.MaxValue, ulong.MaxValue, ulong.MaxValue);

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
    public void A_hundred_thousand_files_of_one_attempt_are_told_in_messages_that_the_server_hears(string path)
    {
        RecordedFile[] inputs = [.. Enumerable.Range(0, 60_000).Select(number => new RecordedFile($"{path}{number}", FileState.Present, Largest))];
        var outputs = inputs[..40_000];

        AttemptReport[] parts = [.. FileRecords.InParts(End(FileRecords.Of(inputs, inputs, outputs)))];

        Assert.IsType<AttemptEnded>(parts[^1]);
        AttemptFiles[] files = [.. parts[..^1].Select(part => Assert.IsType<AttemptFilesSeen>(part).Files), ((AttemptEnded)parts[^1]).Files!];
        Assert.Equal(inputs, files.SelectMany(part => part.Inputs));
        Assert.Equal(outputs, files.SelectMany(part => part.Outputs));
        Assert.All(parts, part => Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(new AgentReport(default, 1, [part]), TorcJson.Default.AgentReport).Length, 1, 5 << 18));
        Assert.All(parts[..^1], part => Assert.InRange(FileRecords.Size(part), FileRecords.MostBytesOfMessage / 2, FileRecords.MostBytesOfMessage));
    }

    [Fact]
    public void An_end_with_few_files_is_told_as_it_is()
    {
        var end = End(new AttemptFiles([File(FileState.Present, 3)], []));

        Assert.Same(end, Assert.Single(FileRecords.InParts(end)));
    }

    [Fact]
    public void An_end_with_a_few_files_too_many_goes_in_two()
    {
        RecordedFile[] inputs = [.. Enumerable.Range(0, 6_000).Select(number => new RecordedFile($"{number}", FileState.Present, Largest))];

        Assert.Equal(2, FileRecords.InParts(End(new AttemptFiles(inputs, []))).Count());
    }

    [Fact]
    public void Of_more_files_than_a_keeper_can_hold_some_are_unknown_and_the_rest_is_left_out()
    {
        string path = new('部', 400);
        RecordedFile[] inputs = [.. Enumerable.Range(0, 30_000).Select(number => new RecordedFile($"{path}{number}", FileState.Present, Largest))];

        var files = FileRecords.Of(inputs, inputs, inputs);

        Assert.Equal(Largest, files.Inputs[0].Identity);
        Assert.Equal(FileState.Unknown, files.Inputs[^1].State);
        Assert.InRange(files.Inputs.Count, 10_000, 29_999);
        Assert.Empty(files.Outputs);
    }

    private static AttemptEnded End(AttemptFiles files) =>
        new(new AttemptId(new JobId(1), 1), default, null, new Outcome(OutcomeKind.Exit, 0), AttemptUsage.None, files);

    private static RecordedFile File(FileState state, long changed) => new("a", state, state == FileState.Present ? Then with { ModifiedNs = changed } : null);
}
