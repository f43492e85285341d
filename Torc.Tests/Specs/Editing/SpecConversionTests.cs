using Torc.Shared.Specs.Editing;
using Torc.Shared.Specs.Notations;
using Xunit;
using static Torc.Shared.Specs.Editing.SpecOperation;

namespace Torc.Tests.Specs.Editing;

public sealed class SpecConversionTests
{
    private const string Kdl = """
        // A comment
        name "w"
        job "a" {
            command "echo \"hi\""
            output_file "f"
        }
        file "f" path="f.txt"

        """;

    [Theory]
    [InlineData("w.kdl", SpecNotation.Json5, "w.json5")]
    [InlineData("dir/w.kdl", SpecNotation.Yaml, "dir/w.yaml")]
    [InlineData(null, SpecNotation.Json, "workflow.json")]
    public void A_spec_in_KDL_becomes_one_that_can_be_edited(string? file, SpecNotation to, string expected)
    {
        var edit = Convert(SpecDocument.Of(Kdl, file), to);

        Assert.Equal(expected, edit.After.FileName);
        Assert.Equal(to, edit.After.Notation);
        Assert.Equal(edit.Before.Reading.Write(SpecNotation.Json), edit.After.Reading.Write(SpecNotation.Json));
        Scene.Done(edit.After, new AddJob("b", "true"));
    }

    [Fact]
    public void A_file_of_commands_keeps_the_name_that_it_gave()
    {
        var edit = Convert(SpecDocument.Of("echo 1\n# later\necho 2\n", "two steps.txt"), SpecNotation.Json5);

        Assert.Equal("two steps.json5", edit.After.FileName);
        Assert.Equal(["job_1: echo 1", "job_2: echo 2"], edit.After.Reading.Definition!.Jobs.Select(job => $"{job.Name}: {job.Command}"));
        Assert.Equal(edit.Before.Reading.Name, edit.After.Reading.Name);
    }

    [Fact]
    public void It_is_one_step_that_is_undone_to_the_byte()
    {
        var edit = Convert(SpecDocument.Of(Kdl, "w.kdl"), SpecNotation.Json5);
        var history = SpecHistory.Empty.With(edit.Before, edit.Changes, "Convert to JSON5", null, default);

        Assert.Equal(Kdl, history.Undo(edit.After)!.Value.Document.Text);
    }

    [Fact]
    public void A_spec_with_errors_is_not_converted()
    {
        Assert.StartsWith("Only a spec without errors can be converted (line ", Refused("name \"w\"\njob \"a\" { command \"true\"; colour \"red\"; }\n", "w.kdl"), StringComparison.Ordinal);
        Assert.StartsWith("The text cannot be read", Refused("name \"w\n", "w.kdl"), StringComparison.Ordinal);
    }

    private static SpecEdit.Done Convert(SpecDocument document, SpecNotation to) => Assert.IsType<SpecEdit.Done>(SpecConversion.Convert(document, to));

    private static string Refused(string text, string file) => Assert.IsType<SpecEdit.Refused>(SpecConversion.Convert(SpecDocument.Of(text, file), SpecNotation.Json5)).Why;
}
