using Torc.Shared.Specs.Editing;
using Xunit;
using static Torc.Shared.Specs.Editing.SpecOperation;
using static Torc.Tests.Specs.Editing.Scene;

namespace Torc.Tests.Specs.Editing;

public sealed class SpecClipTests
{
    private static readonly SpecDocument InJson5 = Json5(Diamonds.Json5);
    private static readonly SpecDocument InYaml = Yaml(Diamonds.Yaml);

    [Fact]
    public void What_is_copied_is_JSON_as_a_spec_has_it() =>
        Assert.Equal(
            """
            {
              "jobs": [
                {"name": "work1", "command": "sh work.sh", "input_files": ["f1"], "output_files": ["f3"]}
              ],
              "files": [
                {"name": "f1", "path": "f1.json"},
                {"name": "f3", "path": "f3.json"}
              ]
            }

            """.ReplaceLineEndings("\n"),
            SpecClip.Copy(InYaml, [SpecThing.File("f3"), SpecThing.Job("work1"), SpecThing.File("f1"), SpecThing.File("nowhere"), SpecThing.Workflow]));

    [Fact]
    public void Nothing_is_copied_of_what_is_not_there()
    {
        Assert.Null(SpecClip.Copy(InYaml, [SpecThing.File("nowhere")]));
        Assert.Null(SpecClip.Copy(Json("{"), [SpecThing.File("f1")]));
    }

    [Fact]
    public void What_is_pasted_has_free_names_and_refers_to_its_own_parts_by_them()
    {
        string clip = SpecClip.Copy(InYaml, [SpecThing.Job("work1"), SpecThing.File("f3")])!;

        Changes(
            InYaml, new Paste(clip),
            "+", "+  - name: work1_2", "+    command: sh work.sh", "+    input_files: [f1]", "+    output_files: [f3_2]",
            "+  - {name: f3_2, path: f3_2.json}");
        Assert.Equal(
            [(SpecThing.Job("work1"), SpecThing.Job("work1_2")), (SpecThing.File("f3"), SpecThing.File("f3_2"))],
            SpecClip.NewNames(InYaml, clip).Select(name => (name.Key, name.Value)));
    }

    [Fact]
    public void A_second_paste_counts_on()
    {
        string clip = SpecClip.Copy(InYaml, [SpecThing.File("f3")])!;

        var once = Changes(InYaml, new Paste(clip), "+  - {name: f3_2, path: f3_2.json}");
        var twice = Changes(once, new Paste(clip), "+  - {name: f3_3, path: f3_3.json}");
        Changes(twice, new Duplicate([SpecThing.File("f3_2")]), "+  - {name: f3_4, path: f3_4.json}");
    }

    [Fact]
    public void References_in_commands_follow_and_are_never_taken_out()
    {
        var things = SpecClip.WithProducts(InJson5, [SpecThing.Job("work2")]);
        Assert.Equal([SpecThing.Job("work2"), SpecThing.File("f4")], things);

        var document = Changes(
            InJson5, new Duplicate(things),
            "+    {", "+      name: 'work2_2',", "+      command: 'sh work.sh ${files.input.f2} ${files.output.f4_2}',", "+      resource_requirements: { num_cpus: 1, memory: '512m' },",
            "+      env: { LEVEL: 'debug' },", "+    },", "+    { name: 'f4_2', path: 'f4_2.json' },");
        Assert.NotNull(document.Reading.Definition);

        var alone = Done(InJson5, new Duplicate([SpecThing.Job("work2")])).After;
        Assert.Contains("'sh work.sh ${files.input.f2} ${files.output.f4}',\n      resource_requirements", alone.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(alone.Reading.Problems, problem => problem.Message.Contains("f4", StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_keep_what_is_there_and_leave_out_what_is_not_or_what_another_job_produces()
    {
        const string Clip = """
            {
              "jobs": [{
                "name": "new", "command": "true", "depends_on": ["work1", "elsewhere"], "input_files": ["gone"], "output_files": ["f3"],
                "resource_requirements": "huge", "failure_handler": "again"
              }],
              "failure_handlers": [{"name": "again", "rules": [{"exit_codes": [3]}]}]
            }
            """;

        Changes(
            InYaml, new Paste(Clip),
            "+", "+  - name: new", "+    command: \"true\"", "+    failure_handler: again", "+    depends_on: [work1]",
            "+failure_handlers:", "+  - name: again", "+    rules:", "+      - exit_codes: [3]");
    }

    [Fact]
    public void Jobs_that_wait_for_each_other_wait_for_each_other_under_their_new_names()
    {
        const string Spec = "name: w\njobs:\n  - {name: a, command: \"true\"}\n  - {name: b, command: echo a, depends_on: [a]}\n";

        Becomes(
            Yaml(Spec), new Duplicate([SpecThing.Job("b"), SpecThing.Job("a")]),
            Spec + "  - {name: a_2, command: \"true\"}\n  - {name: b_2, command: echo a, depends_on: [a_2]}\n");
        Becomes(Yaml(Spec), new Duplicate([SpecThing.Job("b")]), Spec + "  - {name: b_2, command: echo a, depends_on: [a]}\n");
    }

    [Fact]
    public void A_sweep_is_pasted_as_one_with_its_places_for_parameters()
    {
        const string Spec = """
            {"name": "w", "jobs": [{"name": "a_{i}", "command": "echo ${files.output.f_{i}}", "parameters": {"i": "1:3"}}], "files": [{"name": "f_{i}", "path": "f.{i}", "parameters": {"i": "1:3"}}]}
            """;

        var document = Done(Json(Spec), new Duplicate([SpecThing.Job("a_{i}"), SpecThing.File("f_{i}")])).After;

        Assert.Equal(["a_1", "a_2", "a_3", "a_{i}_2"], document.Reading.Definition!.Jobs.Select(job => job.Name).Take(3).Append(SpecEntries.Of(document.Root, SpecThingKind.Job).Last().Name));
        Assert.Equal(6, document.Reading.Definition.Files.Select(file => file.Path).Distinct().Count());
    }

    [Fact]
    public void A_name_that_parameters_make_is_not_free()
    {
        const string Spec = "name: w\njobs:\n  - {name: \"a_{i}\", command: \"true\", parameters: {i: \"1:3\"}}\n";

        Becomes(Yaml(Spec), new Paste("{jobs: [{name: 'a_2', command: 'echo'}]}"), Spec + "  - {name: \"a_4\", command: \"echo\"}\n");
    }

    [Fact]
    public void A_blank_workflow_takes_all_of_a_clip()
    {
        string clip = SpecClip.Copy(InJson5, [.. SpecGraph.Of(InJson5).Nodes.Select(node => node.Thing), SpecThing.Requirements("small")])!;

        var document = Done(Yaml("name: w\njobs: []\n"), new Paste(clip)).After;

        Assert.NotNull(document.Reading.Definition);
        Assert.Equal(SpecGraph.Of(InJson5).Edges, SpecGraph.Of(document).Edges);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{\"jobs\": []}")]
    [InlineData("{\"jobs\": [1]}")]
    [InlineData("{\"name\": \"w\"}")]
    public void What_is_no_part_of_a_spec_is_not_pasted(string text)
    {
        Assert.Equal("What was copied last is no part of a spec: JSON with jobs, files or other lists of a spec.", Refusal(InYaml, new Paste(text)).Why);
        Assert.Empty(SpecClip.NewNames(InYaml, text));
    }

    [Fact]
    public void Only_what_is_there_is_duplicated() =>
        Assert.Equal(new SpecRefusal.NotThere(SpecThing.Job("nobody")), Refusal(InYaml, new Duplicate([SpecThing.Job("work1"), SpecThing.Job("nobody")])));
}
