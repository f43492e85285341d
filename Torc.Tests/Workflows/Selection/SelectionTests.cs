using Torc.Shared.Jobs;
using Torc.Shared.Workflows.Selection;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Workflows.Selection;

/// <summary>Which jobs a selection means, over drawn graphs.</summary>
public sealed class SelectionTests
{
    // a and b lead to c, and that over d to e; x stands alone.
    private const string Chain = "> a > fa | > b > fb | fa,fb > c > fc | fc > d > fd | fd > e > fe | > x > fx";

    [Theory]
    [InlineData("c", "c")]
    [InlineData("+c", "a b c")]
    [InlineData("c+", "c d e")]
    [InlineData("c+1", "c d")]
    [InlineData("1+e", "d e")]
    [InlineData("2+e", "c d e")]
    [InlineData("+d+1", "a b c d e")]
    [InlineData("1+c+1", "a b c d")]
    [InlineData("c+0", "c")]
    [InlineData("c+99999999999", "c d e")]
    [InlineData("?", "a b c d e x")]
    [InlineData("* -c+", "a b x")]
    [InlineData("-c+ -x", "a b")]
    [InlineData("a or x", "a x")]
    [InlineData("+c c+", "c")]
    [InlineData("+c -a or d+ -d", "b c e")]
    [InlineData("  a   or\tb ", "a b")]
    [InlineData("\"a\"", "a")]
    [InlineData("+\"c\"", "a b c")]
    [InlineData("status:failed", "c")]
    [InlineData("status:FAILED+", "c d e")]
    [InlineData("status:done", "a b")]
    [InlineData("status:completed", "a b")]
    [InlineData("status:waiting", "d e")]
    [InlineData("node:n2", "b c")]
    [InlineData("node:n*", "a b c")]
    [InlineData("node:\"n1\"", "a")]
    [InlineData("status:running", "")]
    [InlineData("z*", "")]
    public void A_selection_means_these_jobs(string text, string expected) => Assert.Equal(expected, Select(text, out _));

    [Theory]
    [InlineData("", 1, "a job's name", null)]
    [InlineData("a or", 5, "a job's name", null)]
    [InlineData("or a", 1, "a job's name", "\"or\"")]
    [InlineData("a or or b", 6, "a job's name", "\"or\"")]
    [InlineData("- a", 2, "a job's name", "\" \"")]
    [InlineData("--a", 2, "a job's name", "\"-a\"")]
    [InlineData("status:failde", 8, "one of uninitialized, waiting, ready", "\"failde\"")]
    [InlineData("a lr:", 6, "a value of the parameter lr", null)]
    [InlineData("group:", 7, "a group's name", null)]
    [InlineData("node:", 6, "a node's name", null)]
    [InlineData("a+b", 3, "a space", "\"b\"")]
    [InlineData("a \"b", 5, "a second \"", null)]
    [InlineData("\"\"", 1, "a job's name", "\"\"\"\"")]
    [InlineData("+", 2, "a job's name", null)]
    [InlineData("a++", 3, "a space", "\"+\"")]
    public void A_mistake_is_told_with_its_place_and_with_what_should_stand_there(string text, int position, string expected, string? found)
    {
        var selection = SelectionText.TryParse(text, out var problem);

        Assert.Null(selection);
        Assert.Equal((position, found), (problem!.Position, problem.Found));
        Assert.StartsWith(expected, problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c", null)]
    [InlineData("z*", null)]
    [InlineData("cc", "cc")]
    [InlineData("a or +cc+2", "cc")]
    [InlineData("a -cc", "cc")]
    [InlineData("-statsu:failed", "statsu")]
    [InlineData("group:train", "train")]
    public void A_name_that_no_job_has_is_told(string text, string? expected)
    {
        Select(text, out var unknown);

        Assert.Equal(expected, unknown?.Name);
    }

    [Theory]
    [InlineData("work2")]
    [InlineData("train-0.1")]
    [InlineData("-x")]
    [InlineData("or")]
    [InlineData("2+2")]
    [InlineData("a b")]
    [InlineData("lr:0.1")]
    [InlineData("it's")]
    [InlineData("12")]
    public void The_name_of_a_job_is_written_so_that_it_is_read_as_that(string name) =>
        Assert.Equal(new JobSelection.Named(name), SelectionText.TryParse(SelectionText.OfName(name), out _));

    [Fact]
    public void A_very_long_text_is_refused() => Assert.Null(SelectionText.TryParse(new string('a', SelectionText.MaxLength + 1), out _));

    [Theory]
    [InlineData("i:0457", "sim_0457")]
    [InlineData("i:457", "sim_0457")]
    [InlineData("lr:1e-1", "fit_0.1_adam fit_0.1_sgd")]
    [InlineData("lr:0.1 optimizer:sgd", "fit_0.1_sgd")]
    [InlineData("optimizer:a*", "fit_0.1_adam fit_0.01_adam")]
    [InlineData("group:fit -optimizer:adam", "fit_0.1_sgd fit_0.01_sgd")]
    [InlineData("1+gather -group:sim", "gather fit_0.1_adam fit_0.1_sgd fit_0.01_adam fit_0.01_sgd")]
    public void Copies_are_meant_by_what_made_them(string text, string expected)
    {
        var definition = Reading.Definition("""
            name: sweep
            jobs:
              - { name: "gather", command: "true", depends_on_regexes: ["sim_.*", "fit_.*"] }
              - { name: "sim_{i:04d}", command: "true", parameters: { i: "456:458" } }
              - { name: "fit_{lr}_{optimizer}", command: "true", parameters: { lr: "[0.1,0.01]", optimizer: "[adam,sgd]" } }
            """);
        var found = new SelectedJobs(definition, _ => JobStatus.Ready, _ => null).Of(SelectionText.TryParse(text, out _)!, out var unknown);

        Assert.Null(unknown);
        Assert.Equal(expected, string.Join(' ', found.Select(position => definition.Jobs[position].Name)));
    }

    private static string Select(string text, out UnknownName? unknown)
    {
        var definition = Sketch.Draw(Chain);
        JobStatus[] statuses = [JobStatus.Completed, JobStatus.Completed, JobStatus.Failed, JobStatus.Blocked, JobStatus.Blocked, JobStatus.Ready];
        string?[] nodes = ["n1", "n2", "n2", null, null, null];
        var selection = SelectionText.TryParse(text, out var problem);
        Assert.True(selection is not null, $"{problem}");
        var found = new SelectedJobs(definition, position => statuses[position], position => nodes[position]).Of(selection, out unknown);
        return string.Join(' ', found.Select(position => definition.Jobs[position].Name));
    }
}
