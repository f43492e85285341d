using Torc.Shared.Specs.Editing;
using Xunit;
using static Torc.Shared.Specs.Editing.SpecOperation;
using static Torc.Tests.Specs.Editing.Scene;

namespace Torc.Tests.Specs.Editing;

/// <summary>Fields that take more than one value, and parameters.</summary>
public sealed class SpecFieldTests
{
    private static readonly SpecDocument InJson5 = Json5(Diamonds.Json5);
    private static readonly SpecDocument InYaml = Yaml(Diamonds.Yaml);

    private static readonly SpecDocument Handled = Yaml(
        """
        name: w
        jobs:
          - name: a
            command: "true"
            depends_on: # both
              - b # the first
              - c # the second
          - {name: b, command: "true"}
          - {name: c, command: "true"}
        failure_handlers:
          - name: again
            rules:
              - exit_codes: [3, 4] # a full disk
                max_retries: 2
              - {match_all_exit_codes: true}

        """);

    [Theory]
    [InlineData("[f1, f2]")]
    [InlineData("['f1', \"f2\"]")]
    [InlineData("- f1\n- f2\n")]
    public void A_list_is_typed_as_JSON_or_YAML(string typed)
    {
        Changes(InYaml, new SetField(SpecThing.Job("work1"), ["input_files"], typed), "-    input_files: [f1] # what it needs", "+    input_files: [f1, f2] # what it needs");
        Changes(InYaml, new SetField(SpecThing.Job("work2"), ["input_files"], typed), "+    input_files: [f1, f2]");
        Changes(InJson5, new SetField(SpecThing.Job("work2"), ["input_files"], typed), "+      input_files: ['f1', 'f2'],");
    }

    [Fact]
    public void What_stays_in_a_list_keeps_its_comment_and_moves_with_it()
    {
        Changes(Handled, new SetField(SpecThing.Job("a"), ["depends_on"], "[c]"), "-      - b # the first");
        Changes(Handled, new SetField(SpecThing.Job("a"), ["depends_on"], "[c, b]"), "-      - b # the first", "-      - c # the second", "+      - c # the second", "+      - b");
        Changes(Handled, new SetField(SpecThing.Job("a"), ["depends_on"], "[b, d]"), "-      - c # the second", "+      - d # the second");
        Assert.Same(Handled, Done(Handled, new SetField(SpecThing.Job("a"), ["depends_on"], "[b, c]")).After);
    }

    [Fact]
    public void A_list_that_becomes_empty_goes_with_its_key_unless_something_is_noted_in_it()
    {
        Changes(InYaml, new SetField(SpecThing.Job("work1"), ["output_files"], "[]"), "-    output_files:", "-      - f3");
        Changes(InYaml, new SetField(SpecThing.Job("work1"), ["output_files"], " "), "-    output_files:", "-      - f3");
        Changes(Handled, new SetField(SpecThing.Job("a"), ["depends_on"], "[]"), "-    depends_on: # both", "+    depends_on: [] # both", "-      - b # the first", "-      - c # the second");
        Changes(Handled, new SetField(SpecThing.Job("b"), ["depends_on"], "[]"));
    }

    [Fact]
    public void Rules_of_a_failure_handler_change_by_as_little_as_it_takes()
    {
        var rules = SpecThing.FailureHandler("again");
        Changes(
            Handled, new SetField(rules, ["rules"], "[{exit_codes: [3, 4], max_retries: 5}, {match_all_exit_codes: true}]"),
            "-        max_retries: 2", "+        max_retries: 5");
        Changes(Handled, new SetField(rules, ["rules"], "[{exit_codes: [3, 4], max_retries: 2}]"), "-      - {match_all_exit_codes: true}");
        Changes(
            Handled, new SetField(rules, ["rules"], "- {exit_codes: [3, 4], max_retries: 2}\n- match_all_exit_codes: true\n- {exit_codes: [7], recovery_script: rm -f x}"),
            "+      - {exit_codes: [7], recovery_script: rm -f x}");
    }

    [Fact]
    public void An_object_is_typed_as_JSON_or_YAML()
    {
        Changes(InJson5, new SetField(SpecThing.Job("work2"), ["env"], "{LEVEL: info, MODE: fast}"), "-      env: { LEVEL: 'debug' },", "+      env: { LEVEL: 'info', MODE: 'fast' },");
        Changes(InYaml, new SetField(SpecThing.Job("work2"), ["resource_requirements"], "{num_cpus: 1, memory: 1g}"), "-    resource_requirements: {num_cpus: 1, memory: 512m} # for now", "+    resource_requirements: {num_cpus: 1, memory: 1g} # for now");
        Changes(InYaml, new SetField(SpecThing.Workflow, ["resource_monitor"], "enabled: true"), "+resource_monitor: {enabled: true}");
    }

    [Fact]
    public void A_value_that_is_no_list_or_object_is_refused()
    {
        Assert.Equal("input_files must be a list, such as [a, b], not \"f1\".", Refusal(InYaml, new SetField(SpecThing.Job("work1"), ["input_files"], "f1")).Why);
        Assert.IsType<SpecRefusal.WrongValue>(Refusal(InYaml, new SetField(SpecThing.Job("work1"), ["input_files"], "[f1")));
        Assert.IsType<SpecRefusal.WrongValue>(Refusal(InYaml, new SetField(SpecThing.Job("work1"), ["env"], "[f1]")));
        Assert.IsType<SpecRefusal.WrongValue>(Refusal(InYaml, new SetField(SpecThing.Job("work1"), ["resource_requirements"], "{num_cpus")));
        Assert.Equal("rules must be a list of objects, such as [{key: value}], not \"3\".", Refusal(Handled, new SetField(SpecThing.FailureHandler("again"), ["rules"], "3")).Why);
    }

    [Fact]
    public void A_number_stays_a_number_where_the_author_quotes_everything()
    {
        const string spec = "name: 'w'\njobs:\n  - name: 'a'\n    command: 'true'\n    resource_requirements: 'r'\nresource_requirements:\n  - name: 'r'\n    num_cpus: 1\n    memory: '1g'\n    runtime: 'PT1H'\n";

        Changes(Yaml(spec), new SetField(SpecThing.Requirements("r"), ["num_cpus"], "4"), "-    num_cpus: 1", "+    num_cpus: 4");
        Changes(Yaml(spec.Replace("num_cpus: 1", "num_cpus: '1'", StringComparison.Ordinal)), new SetField(SpecThing.Requirements("r"), ["num_cpus"], "4"), "-    num_cpus: '1'", "+    num_cpus: 4");
        var document = Changes(Yaml(spec), new SetField(SpecThing.Requirements("r"), ["num_gpus"], "2"), "+    num_gpus: 2");
        Changes(document, new AddRequirements("s", 3, "2g"), "+  - name: 's'", "+    num_cpus: 3", "+    memory: '2g'");
    }

    [Fact]
    public void Datasets_and_failure_handlers_are_added_and_given_to_jobs()
    {
        Changes(InJson5, new AddDataset("parts", "out/parts"), "+  datasets: [", "+    { name: 'parts', path: 'out/parts' },", "+  ],");
        var document = Changes(InYaml, new AddDataset("parts", "out/parts"), "+datasets:", "+  - name: parts", "+    path: out/parts");
        Changes(document, new Connect(SpecThing.Dataset("parts"), SpecThing.Job("work1")), "+    input_datasets: [parts]");
        document = Changes(InYaml, new AddFailureHandler("again"), "+failure_handlers:", "+  - name: again", "+    rules:", "+      - match_all_exit_codes: true");
        Assert.NotNull(document.Reading.Definition);
        document = Changes(document, new AssignHandler("work1", "again"), "+    failure_handler: again");
        Changes(document, new AssignHandler("work1", null), "-    failure_handler: again");
        Assert.Equal(new SpecRefusal.NotThere(SpecThing.FailureHandler("never")), Refusal(document, new AssignHandler("work1", "never")));
    }

    [Fact]
    public void A_parameter_is_renamed_wherever_it_stands_in_braces()
    {
        var document = Yaml(
            """
            name: w
            jobs:
              - name: "a_{i}_{j}"
                command: "echo {i} {i:03d} ${i} {j}" # all of them
                input_files: ["f_{i}"]
                env: {N: "{i}"}
                parameters: {i: "1:3", j: [x, y]} # two
            files:
              - {name: "f_{i}", path: "f_{i}", parameters: {i: "1:3"}}

            """);

        var renamed = Changes(
            document, new RenameParameter(SpecThing.Job("a_{i}_{j}"), "i", "part"),
            "-  - name: \"a_{i}_{j}\"", "+  - name: \"a_{part}_{j}\"",
            "-    command: \"echo {i} {i:03d} ${i} {j}\" # all of them", "+    command: \"echo {part} {part:03d} ${i} {j}\" # all of them",
            "-    input_files: [\"f_{i}\"]", "+    input_files: [\"f_{part}\"]",
            "-    env: {N: \"{i}\"}", "+    env: {N: \"{part}\"}",
            "-    parameters: {i: \"1:3\", j: [x, y]} # two", "+    parameters: {part: \"1:3\", j: [x, y]} # two");

        Assert.Equal(document.Reading.Definition!.Jobs.Select(job => job.Name), renamed.Reading.Definition!.Jobs.Select(job => job.Name));
        Assert.IsType<SpecRefusal.Other>(Refusal(document, new RenameParameter(SpecThing.Job("a_{i}_{j}"), "i", "j")));
        Assert.IsType<SpecRefusal.Other>(Refusal(document, new RenameParameter(SpecThing.Job("a_{i}_{j}"), "k", "l")));
        Assert.Contains("{y} in a text already", Refusal(Yaml(document.Text.Replace("${i} {j}", "{y}", StringComparison.Ordinal)), new RenameParameter(SpecThing.Job("a_{i}_{j}"), "i", "y")).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_values_of_a_parameter_change_and_a_list_of_them_stays_a_list()
    {
        var document = Yaml("name: w\njobs:\n  - name: \"a_{i}_{j}\"\n    command: x\n    parameters:\n      i: \"1:3\"\n      j: [x, y] # two\n");

        Changes(document, new SetField(SpecThing.Job("a_{i}_{j}"), ["parameters", "i"], "1:5"), "-      i: \"1:3\"", "+      i: \"1:5\"");
        Changes(document, new SetField(SpecThing.Job("a_{i}_{j}"), ["parameters", "j"], "[x, y, z]"), "-      j: [x, y] # two", "+      j: [x, y, z] # two");
        Changes(document, new SetField(SpecThing.Job("a_{i}_{j}"), ["parameters", "j"], "1:2"), "-      j: [x, y] # two", "+      j: 1:2 # two");
    }

    [Fact]
    public void A_parameter_is_taken_away_and_the_last_one_with_its_mode()
    {
        const string spec = "name: w\njobs:\n  - name: a\n    command: x\n    parameters: {i: \"1:3\", j: [x, y]}\n    parameter_mode: zip\n";

        var document = Changes(
            Yaml(spec), new RemoveParameter(SpecThing.Job("a"), "i"), "-    parameters: {i: \"1:3\", j: [x, y]}", "+    parameters: {j: [x, y]}");
        Changes(document, new RemoveParameter(SpecThing.Job("a"), "j"), "-    parameters: {j: [x, y]}", "-    parameter_mode: zip");
        Assert.Equal("a has no parameter \"k\" of its own.", Refusal(document, new RemoveParameter(SpecThing.Job("a"), "k")).Why);
    }

    [Theory]
    [InlineData("sh third.sh # note", "|- # note")]
    [InlineData("'sh third.sh'   # note", "|-   # note")]
    [InlineData("sh\n      third.sh # note", "|- # note")]
    public void Lines_of_a_command_leave_the_comment_behind_the_old_one_where_it_is(string command, string first) =>
        Becomes(
            Yaml($"name: w\njobs:\n  - name: a\n    command: {command}\n    priority: 1\n"), new SetField(SpecThing.Job("a"), ["command"], "echo a\necho b"),
            $"name: w\njobs:\n  - name: a\n    command: {first}\n      echo a\n      echo b\n    priority: 1\n");
}
