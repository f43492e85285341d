using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Datasets that several jobs produce together, and the order that they give.</summary>
public sealed class DatasetTests
{
    [Fact]
    public void Every_job_that_produces_a_dataset_goes_before_every_job_that_needs_it()
    {
        var reading = Reading.OfYaml("""
            name: w
            datasets: [{name: parts, path: out/parts, hash_mode: manifest, description: Parts.}]
            jobs:
              - {name: "work_{i}", command: "echo {i}", output_datasets: [parts], parameters: {i: "1:3"}}
              - {name: last, command: "echo > ${datasets.output.parts}"}
              - {name: "gather_{i}", command: "cat ${datasets.input.parts}/{i}", parameters: {i: "1:2"}}
              - {name: alone, command: x}
            """);

        Assert.Empty(reading.Problems);
        var workflow = reading.Definition!;
        Assert.Equal("cat out/parts/2", workflow.Jobs[5].Command);
        Assert.All([4, 5], job => Assert.Equal(["work_1", "work_2", "work_3", "last"], Reading.Names(workflow, workflow.Graph.BlockersOf(job).ToArray())));
        Assert.Empty(workflow.Graph.BlockersOf(6).ToArray());
        Assert.Equal((7, 0, 0, 8), (reading.Counts!.Jobs, reading.Counts.Files, reading.Counts.ExplicitEdges, reading.Counts.ImplicitEdges));
    }

    [Fact]
    public void Copies_of_one_name_need_the_datasets_of_all_of_them()
    {
        var workflow = Reading.Definition("""
            name: w
            datasets: [{name: "s_{i}", path: "s/{i}", parameters: {i: "1:2"}}]
            jobs:
              - {name: "make_{i}", command: x, output_datasets: ["s_{i}"], parameters: {i: "1:2"}}
              - {name: all, command: x, input_datasets: ["s_{i}"], parameters: {i: "1:2"}}
            """);

        Assert.Equal(["make_1", "make_2"], Reading.Names(workflow, workflow.Graph.BlockersOf(2).ToArray()));
    }

    [Fact]
    public void A_loop_through_a_dataset_is_told_with_its_name() => Assert.Equal(
        "jobs wait for each other: a → parts → b → a",
        Assert.Single(Reading.OfYaml("""
            name: w
            datasets: [{name: parts, path: p}]
            files: [{name: f, path: f}]
            user_data: [{name: d}]
            jobs:
              - {name: a, command: x, output_datasets: [parts], depends_on: [b], output_files: [f], output_user_data: [d]}
              - {name: b, command: x, input_datasets: [parts]}
            """).Problems).Message);

    [Theory]
    [InlineData("input_datasets: [prts]", "TORC135", "job \"j\" needs dataset \"prts\", which is not declared", "did you mean \"parts\"?")]
    [InlineData("output_datasets: [zzzz]", "TORC135", "job \"j\" produces dataset \"zzzz\", which is not declared", "add it to datasets, with its name and path")]
    [InlineData("env: {A: b}", "TORC126", "no job needs or produces the dataset \"parts\"", null)]
    public void A_dataset_is_declared_and_used(string field, string code, string message, string? help)
    {
        var problems = Reading.OfYaml($"name: w\ndatasets: [{{name: parts, path: p}}]\njobs: [{{name: j, command: x, {field}}}]").Problems;

        var problem = Assert.Single(problems, problem => problem.Code == code);
        Assert.Equal((message, help), (problem.Message, problem.Help));
    }

    [Fact]
    public void Few_words_cannot_make_more_edges_than_a_workflow_may_have()
    {
        var problem = Assert.Single(Reading.OfYaml("""
            name: w
            datasets: [{name: s, path: s}]
            jobs:
              - {name: "a_{i}", command: x, output_datasets: [s], parameters: {i: "1:4000"}}
              - {name: "b_{i}", command: x, input_datasets: [s], parameters: {i: "1:4000"}}
            """).Problems);

        Assert.Equal(DiagnosticCodes.Limit, problem.Code);
    }

    [Fact]
    public void KDL_calls_them_by_one_of_them() => Assert.Equal(
        1, SpecReader.Read("""
            name "w"
            dataset "parts" path="out/parts"
            job "a" { command "x"; output_dataset "parts" }
            job "b" { command "x"; input_datasets "parts" }
            """u8.ToArray(), "a.kdl").Counts!.ImplicitEdges);
}
