using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Xunit;

namespace Torc.Tests.Specs.Parameters;

public sealed class VariablesTests
{
    [Fact]
    public void A_variable_stands_for_its_value_in_every_text_and_in_no_key()
    {
        var workflow = Reading.Definition("""
            name: "{who}"
            description: by {who}, ${who}, {nobody}
            variables: {who: ann, root: data, cpus: 2, level: 007, most: "3"}
            parameters: {i: "1:{most}"}
            env: {"{who}": "{level}"}
            jobs:
              - {name: "{who}_{i}", command: "run {root}/{i} {cpus:03d}", use_parameters: [i], resource_requirements: "{who}"}
            files: [{name: f, path: "{root}/f"}]
            user_data: [{name: d, data: {"{who}": ["{who}"]}}]
            resource_requirements: [{name: "{who}", num_cpus: 1, memory: "{cpus}g"}]
            """);

        Assert.Equal(("ann", "by ann, ${who}, {nobody}"), (workflow.Name, workflow.Description));
        Assert.Equal(["ann_1: run data/1 002", "ann_2: run data/2 002", "ann_3: run data/3 002"], workflow.Jobs.Select(job => $"{job.Name}: {job.Command}"));
        Assert.Equal(("{who}", "007"), workflow.Jobs[0].Env.Select(variable => (variable.Key, variable.Value)).Single());
        Assert.Equal("data/f", workflow.Files[0].Path);
        Assert.Equal("""{"{who}":["ann"]}""", workflow.UserData[0].Data);
        Assert.Equal(2L << 30, workflow.Jobs[0].Needs.Memory.Bytes);
    }

    [Fact]
    public void A_value_that_looks_like_a_variable_is_not_replaced_again() => Assert.Equal(
        "{b} c", Reading.Definition("{name: w, variables: {a: '{b}', b: c}, jobs: [{name: j, command: '{a} {b}'}]}").Jobs[0].Command);

    [Fact]
    public void One_name_for_a_variable_and_a_parameter_is_an_error_wherever_the_parameter_is() => Assert.Equal(
        ["TORC151 3:14", "TORC151 4:59", "TORC151 5:49"],
        Reading.Errors(Reading.OfYaml("""
            name: w
            variables: {i: 1}
            parameters: {i: "1:2"}
            jobs: [{name: "j_{k}", command: x, parameters: {k: "1:2", i: [1]}}]
            files: [{name: "f", path: p, parameters: {k: 1, i: 2}}]
            """)));

    [Theory]
    [InlineData("variables: [a]", "TORC105 2:12")]
    [InlineData("variables: {a: [b]}", "TORC105 2:16")]
    [InlineData("variables: {a: {b: c}}", "TORC105 2:16")]
    [InlineData("variables: {a: ~}", "TORC105 2:16")]
    [InlineData("variables: {a: true}", "TORC105 2:16")]
    public void A_variable_is_a_text_or_a_number(string variables, string place) =>
        Assert.Equal([place], Reading.Errors(Reading.OfYaml($"name: w\n{variables}\njobs: []\n")));

    [Fact]
    public void A_variable_cannot_blow_up_a_text()
    {
        string many = string.Concat(Enumerable.Repeat("{v}", 300_000));

        var problem = Assert.Single(Reading.OfJson($$$"""{"name": "w", "variables": {"v": "{{{new string('x', 1_000_000)}}}"}, "description": "{{{many}}}", "jobs": []}""").Problems);

        Assert.Equal((DiagnosticCodes.Limit, "/description"), (problem.Code, problem.Path));
    }

    [Fact]
    public void All_texts_together_have_a_limit_that_is_told_once()
    {
        var problems = new SpecProblems(new SpecText("x"));

        Assert.True(problems.AllowsMoreText(SpecLimits.ExpandedText, SpecPath.Top, new TextSpan(0, 1)));
        Assert.False(problems.AllowsText(1, SpecPath.Top, new TextSpan(0, 1)));
        Assert.False(problems.AllowsMoreText(1, SpecPath.Top, new TextSpan(0, 1)));

        Assert.Equal("up to here, texts become longer than 536,870,912 characters together", Assert.Single(problems.ToList()).Message);
    }

    [Fact]
    public void What_is_written_keeps_the_variables()
    {
        var reading = Reading.OfYaml("{name: w, variables: {a: 010}, jobs: [{name: j, command: 'x {a}'}]}");

        string written = reading.Write(SpecNotation.Json)!;

        Assert.Contains("\"x {a}\"", written, StringComparison.Ordinal);
        Assert.Equal("x 010", Reading.OfJson(written).Definition!.Jobs[0].Command);
    }
}
