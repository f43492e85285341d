using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Xunit;
using static Torc.Shared.Specs.Editing.SpecOperation;
using static Torc.Tests.Specs.Editing.Scene;

namespace Torc.Tests.Specs.Editing;

public sealed class SpecEditorTests
{
    private static readonly SpecDocument InJson5 = Json5(Diamonds.Json5);
    private static readonly SpecDocument InYaml = Yaml(Diamonds.Yaml);

    [Fact]
    public void A_new_job_stands_behind_the_last_one_and_is_written_like_it()
    {
        Changes(InJson5, new AddJob("report", "sh report.sh"), "+    {", "+      name: 'report',", "+      command: 'sh report.sh',", "+    },");
        Changes(InYaml, new AddJob("report", "sh report.sh"), "+", "+  - name: report", "+    command: sh report.sh");
    }

    [Fact]
    public void A_new_file_stands_behind_the_last_one_and_is_written_like_it()
    {
        Changes(InJson5, new AddFile("f6", "out/f 6.json"), "+    { name: 'f6', path: 'out/f 6.json' },");
        Changes(InYaml, new AddFile("f6", "out/f 6.json"), "+  - {name: f6, path: out/f 6.json}");
    }

    [Fact]
    public void New_user_data_and_classes_are_written_like_those_that_are_there()
    {
        Changes(InJson5, new AddData("notes"), "-  user_data: [{ name: 'results' }],", "+  user_data: [{ name: 'results' }, { name: 'notes' }],");
        Changes(InYaml, new AddData("notes"), "+  - name: notes");
        Changes(InJson5, new AddRequirements("large", 8, "16g"), "+    { name: 'large', num_cpus: 8, memory: '16g' },");
        Changes(InYaml, new AddRequirements("large", 8, "16g"), "+  - name: large", "+    num_cpus: 8", "+    memory: 16g");
    }

    [Fact]
    public void A_blank_workflow_takes_its_first_job_and_its_first_file()
    {
        const string blank = "name: w\njobs: []\n";

        var document = Becomes(Yaml(blank), new AddJob("a", "true"), "name: w\njobs:\n  - name: a\n    command: \"true\"\n");
        document = Becomes(document, new AddFile("f", "f.txt"), "name: w\njobs:\n  - name: a\n    command: \"true\"\nfiles:\n  - name: f\n    path: f.txt\n");
        Becomes(
            document, new Connect(SpecThing.Job("a"), SpecThing.File("f")),
            "name: w\njobs:\n  - name: a\n    command: \"true\"\n    output_files: [f]\nfiles:\n  - name: f\n    path: f.txt\n");
    }

    [Fact]
    public void A_blank_workflow_in_JSON_takes_its_first_job_and_its_first_file()
    {
        var document = Becomes(
            Json("{\n  \"name\": \"w\",\n  \"jobs\": []\n}\n"), new AddJob("a", "true"),
            "{\n  \"name\": \"w\",\n  \"jobs\": [\n    {\n      \"name\": \"a\",\n      \"command\": \"true\"\n    }\n  ]\n}\n");
        document = Becomes(
            document, new AddFile("f", "f.txt"),
            "{\n  \"name\": \"w\",\n  \"jobs\": [\n    {\n      \"name\": \"a\",\n      \"command\": \"true\"\n    }\n  ],\n  \"files\": [\n    {\"name\": \"f\", \"path\": \"f.txt\"}\n  ]\n}\n");
        Changes(document, new Connect(SpecThing.Job("a"), SpecThing.File("f")), "-      \"command\": \"true\"", "+      \"command\": \"true\",", "+      \"output_files\": [\"f\"]");
    }

    [Fact]
    public void A_workflow_on_one_line_stays_on_it()
    {
        var document = Becomes(Json("{\"name\": \"w\", \"jobs\": []}"), new AddJob("a", "true"), "{\"name\": \"w\", \"jobs\": [{\"name\": \"a\", \"command\": \"true\"}]}");

        Becomes(document, new AddFile("f", "f"), "{\"name\": \"w\", \"jobs\": [{\"name\": \"a\", \"command\": \"true\"}], \"files\": [{\"name\": \"f\", \"path\": \"f\"}]}");
    }

    [Fact]
    public void A_job_is_renamed_wherever_it_is_named()
    {
        const string spec = """
            name: w
            jobs:
              - {name: a, command: echo a}   # a, the first
              - name: b
                command: echo a
                depends_on:
                  - a # since a writes
            actions:
              - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [a, b], commands: [echo a]}

            """;

        Changes(
            Yaml(spec), new Rename(SpecThing.Job("a"), "first"),
            "-  - {name: a, command: echo a}   # a, the first", "+  - {name: first, command: echo a}   # a, the first",
            "-      - a # since a writes", "+      - first # since a writes",
            "-  - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [a, b], commands: [echo a]}",
            "+  - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [first, b], commands: [echo a]}");
    }

    [Fact]
    public void A_file_is_renamed_in_lists_and_in_commands()
    {
        Changes(
            InJson5, new Rename(SpecThing.File("f1"), "half"),
            "-      command: 'sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.f2}',", "+      command: 'sh pre.sh ${files.input.inputs} ${files.output.half} ${files.output.f2}',",
            "-      input_files: ['f1'], // what it needs", "+      input_files: ['half'], // what it needs",
            "-    { name: 'f1', path: 'f1.json' }, // first half", "+    { name: 'half', path: 'f1.json' }, // first half");
        Changes(
            InYaml, new Rename(SpecThing.File("f2"), "the other half"),
            "-    command: sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.f2}", "+    command: sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.the other half}",
            "-      sh work.sh ${files.input.f2} ${files.output.f4}", "+      sh work.sh ${files.input.the other half} ${files.output.f4}",
            "-  - {name: f2, path: f2.json} # second half", "+  - {name: the other half, path: f2.json} # second half");
    }

    [Fact]
    public void A_class_and_user_data_are_renamed_wherever_they_are_named()
    {
        Changes(
            InYaml, new Rename(SpecThing.Requirements("small"), "tiny"),
            "-    resource_requirements: small", "+    resource_requirements: tiny", "-  - name: small", "+  - name: tiny");
        Changes(
            InJson5, new Rename(SpecThing.Data("results"), "it's all"),
            "-      output_user_data: ['results'],", "+      output_user_data: ['it\\'s all'],", "-  user_data: [{ name: 'results' }],", "+  user_data: [{ name: 'it\\'s all' }],");
    }

    [Fact]
    public void A_name_that_is_taken_or_not_allowed_is_refused()
    {
        Assert.Equal(new SpecRefusal.NameTaken(SpecThing.Job("work2")), Refusal(InJson5, new Rename(SpecThing.Job("work1"), "work2")));
        Assert.Equal(new SpecRefusal.NameTaken(SpecThing.File("f1")), Refusal(InYaml, new AddFile("f1", "x")));
        Assert.IsType<SpecRefusal.NameNotAllowed>(Refusal(InYaml, new Rename(SpecThing.Job("work1"), "a/b")));
        Assert.IsType<SpecRefusal.NameNotAllowed>(Refusal(InYaml, new AddJob("", "true")));
        Assert.Equal(new SpecRefusal.NotThere(SpecThing.Job("work9")), Refusal(InYaml, new Rename(SpecThing.Job("work9"), "a")));
    }

    [Fact]
    public void A_job_that_a_regular_expression_finds_cannot_be_renamed_away_from_it()
    {
        const string spec = "name: w\njobs:\n  - {name: part_1, command: 'true'}\n  - name: all\n    command: 'true'\n    depends_on_regexes: ['^part_']\n  - {name: part_2, command: 'true'}\n";

        Assert.Equal(new SpecRefusal.SaidOtherwise("all", "part_1", 6), Refusal(Yaml(spec), new Rename(SpecThing.Job("part_1"), "first")));
        Changes(Yaml(spec), new Rename(SpecThing.Job("part_1"), "part_one"), "-  - {name: part_1, command: 'true'}", "+  - {name: part_one, command: 'true'}");
    }

    [Fact]
    public void A_job_goes_with_all_that_names_it_and_the_comment_above_it_stays()
    {
        const string spec = """
            {
              name: 'w',
              jobs: [
                { name: 'a', command: 'true' }, // first
                // Above b.
                { name: 'b', command: 'true', depends_on: ['a'] }, // behind b
                { name: 'c', command: 'true', depends_on: ['a', 'b'] } // last
              ],
              actions: [
                { trigger_type: 'on_jobs_complete', action_type: 'run_commands', jobs: ['b'], commands: ['true'] },
                { trigger_type: 'on_jobs_complete', action_type: 'run_commands', jobs: ['a', 'b'], commands: ['true'] },
              ],
            }

            """;

        Becomes(Json5(spec), new Remove(SpecThing.Job("b")), """
            {
              name: 'w',
              jobs: [
                { name: 'a', command: 'true' }, // first
                // Above b.
                { name: 'c', command: 'true', depends_on: ['a'] } // last
              ],
              actions: [
                { trigger_type: 'on_jobs_complete', action_type: 'run_commands', jobs: ['a'], commands: ['true'] },
              ],
            }

            """);
        Becomes(Json5(spec), new Remove(SpecThing.Job("c")), """
            {
              name: 'w',
              jobs: [
                { name: 'a', command: 'true' }, // first
                // Above b.
                { name: 'b', command: 'true', depends_on: ['a'] } // behind b
              ],
              actions: [
                { trigger_type: 'on_jobs_complete', action_type: 'run_commands', jobs: ['b'], commands: ['true'] },
                { trigger_type: 'on_jobs_complete', action_type: 'run_commands', jobs: ['a', 'b'], commands: ['true'] },
              ],
            }

            """);
        Assert.Equal(["b", "c", "an action"], SpecEditor.NamedBy(Json5(spec), SpecThing.Job("a")));
    }

    [Fact]
    public void A_file_goes_from_lists_and_from_commands()
    {
        Changes(
            InYaml, new Remove(SpecThing.File("f3")),
            "-    output_files:", "-      - f3",
            "-    command: \"sh post.sh ${files.input.f3} ${files.input.f4} ${files.output.f5}\"", "+    command: \"sh post.sh ${files.input.f4} ${files.output.f5}\"",
            "-  - {name: f3, path: f3.json}");
        Changes(
            InJson5, new Remove(SpecThing.File("f1")),
            "-      command: 'sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.f2}',", "+      command: 'sh pre.sh ${files.input.inputs} ${files.output.f2}',",
            "-      input_files: ['f1'], // what it needs",
            "-    { name: 'f1', path: 'f1.json' }, // first half");
        Changes(InYaml, new Remove(SpecThing.Requirements("small")), "-    resource_requirements: small", "-resource_requirements:", "+resource_requirements: []", "-  - name: small", "-    num_cpus: 1", "-    memory: 256m");
    }

    [Fact]
    public void A_value_is_all_that_changes()
    {
        Changes(
            InJson5, new SetField(SpecThing.Job("work2"), ["resource_requirements", "memory"], "1g"),
            "-      resource_requirements: { num_cpus: 1, memory: '512m' }, // for now", "+      resource_requirements: { num_cpus: 1, memory: '1g' }, // for now");
        Changes(
            InYaml, new SetField(SpecThing.Job("work2"), ["resource_requirements", "num_cpus"], "4"),
            "-    resource_requirements: {num_cpus: 1, memory: 512m} # for now", "+    resource_requirements: {num_cpus: 4, memory: 512m} # for now");
        Changes(
            InYaml, new SetField(SpecThing.Job("work2"), ["command"], "sh work.sh ${files.input.f2} ${files.output.f4}\necho 'all done'\n"),
            "-      echo 'done'", "+      echo 'all done'");
        Changes(InYaml, new SetField(SpecThing.File("f1"), ["path"], "data/f1.json"), "-  - {name: f1, path: f1.json} # first half", "+  - {name: f1, path: data/f1.json} # first half");
        Changes(InJson5, new SetField(SpecThing.Requirements("small"), ["memory"], "1g"), "-    { name: 'small', num_cpus: 1, memory: '256m' },", "+    { name: 'small', num_cpus: 1, memory: '1g' },");
        Changes(InYaml, new SetField(SpecThing.Workflow, ["name"], "square"), "-name: diamond # as in the manual", "+name: square # as in the manual");
    }

    [Fact]
    public void A_value_that_is_not_there_gets_its_place_in_the_order_of_the_manual()
    {
        Changes(InJson5, new SetField(SpecThing.Job("work1"), ["env", "LEVEL"], "info"), "+      env: { LEVEL: 'info' },");
        Changes(InJson5, new SetField(SpecThing.Job("work2"), ["env", "LEVEL"], "7"), "-      env: { LEVEL: 'debug' },", "+      env: { LEVEL: '7' },");
        Changes(InJson5, new SetField(SpecThing.Job("work2"), ["env", "MODE"], "fast"), "-      env: { LEVEL: 'debug' },", "+      env: { LEVEL: 'debug', MODE: 'fast' },");
        Changes(InYaml, new SetField(SpecThing.Job("work2"), ["env", "MODE"], "7"), "+      MODE: \"7\"");
        Changes(InYaml, new SetField(SpecThing.Job("work1"), ["priority"], "7"), "+    priority: 7");
        Changes(InYaml, new SetField(SpecThing.Job("work1"), ["resource_requirements"], "small"), "+    resource_requirements: small");
        Changes(InYaml, new SetField(SpecThing.Workflow, ["description"], "Four jobs: no more."), "+description: \"Four jobs: no more.\"");
    }

    [Fact]
    public void A_value_is_taken_away_with_its_key()
    {
        Changes(InJson5, new SetField(SpecThing.Job("work2"), ["env", "LEVEL"], null), "-      env: { LEVEL: 'debug' },");
        Changes(InYaml, new SetField(SpecThing.Job("work2"), ["env", "LEVEL"], null), "-    env:", "-      LEVEL: debug");
        Changes(InYaml, new SetField(SpecThing.Job("preprocess"), ["resource_requirements"], null), "-    resource_requirements: small");
        Assert.Same(InYaml, Done(InYaml, new SetField(SpecThing.Job("work1"), ["priority"], null)).After);
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_refused_and_one_that_is_a_mistake_is_written()
    {
        Assert.Equal(new SpecRefusal.WrongValue("priority", "high", "a whole number"), Refusal(InYaml, new SetField(SpecThing.Job("work1"), ["priority"], "high")));
        Assert.IsType<SpecRefusal.NoSuchField>(Refusal(InYaml, new SetField(SpecThing.Job("work1"), ["colour"], "red")));
        Assert.IsType<SpecRefusal.NoSuchField>(Refusal(InYaml, new SetField(SpecThing.Job("preprocess"), ["resource_requirements", "memory"], "1g")));

        var done = Done(InYaml, new SetField(SpecThing.Requirements("small"), ["memory"], "a lot"));

        Assert.Contains(done.After.Reading.Problems, problem => problem.Code == "TORC141");
    }

    [Fact]
    public void Connecting_adds_to_the_list_unless_the_command_says_it()
    {
        Changes(InJson5, new Connect(SpecThing.File("f2"), SpecThing.Job("work1")), "-      input_files: ['f1'], // what it needs", "+      input_files: ['f1', 'f2'], // what it needs");
        Changes(InYaml, new Connect(SpecThing.File("f2"), SpecThing.Job("work1")), "-    input_files: [f1] # what it needs", "+    input_files: [f1, f2] # what it needs");
        Changes(InYaml, new Connect(SpecThing.File("f1"), SpecThing.Job("work2")), "+    input_files: [f1]");
        Changes(InYaml, new Connect(SpecThing.Job("work1"), SpecThing.Job("work2")), "+    depends_on: [work1]");
        Assert.Same(InYaml, Done(InYaml, new Connect(SpecThing.File("f2"), SpecThing.Job("work2"))).After);
        Assert.Same(InJson5, Done(InJson5, new Connect(SpecThing.Job("work2"), SpecThing.File("f4"))).After);
    }

    [Fact]
    public void A_job_gets_a_list_in_brackets_or_in_lines_as_the_others_have_theirs()
    {
        const string spec = "name: w\njobs:\n- name: a\n  command: 'true'\n  output_files:\n  - f\n- name: b\n  command: 'true' # waits\nfiles:\n- name: f\n  path: f\n";

        Becomes(
            Yaml(spec), new Connect(SpecThing.File("f"), SpecThing.Job("b")),
            "name: w\njobs:\n- name: a\n  command: 'true'\n  output_files:\n  - f\n- name: b\n  command: 'true' # waits\n  input_files:\n  - f\nfiles:\n- name: f\n  path: f\n");
    }

    [Fact]
    public void Disconnecting_takes_it_out_of_the_list_and_of_the_command()
    {
        Changes(InJson5, new Disconnect(SpecThing.File("f1"), SpecThing.Job("work1")), "-      input_files: ['f1'], // what it needs");
        Changes(InYaml, new Disconnect(SpecThing.Job("work1"), SpecThing.File("f3")), "-    output_files:", "-      - f3");
        Changes(
            InYaml, new Disconnect(SpecThing.Job("work2"), SpecThing.File("f4")),
            "-      sh work.sh ${files.input.f2} ${files.output.f4}", "+      sh work.sh ${files.input.f2}");
        Changes(InJson5, new Disconnect(SpecThing.Job("postprocess"), SpecThing.Data("results")), "-      output_user_data: ['results'],");
    }

    [Fact]
    public void An_edge_that_follows_from_a_file_is_not_taken_away_by_itself() =>
        Assert.Equal(new SpecRefusal.Derived("postprocess", "work2", "f4"), Refusal(InYaml, new Disconnect(SpecThing.Job("work2"), SpecThing.Job("postprocess"))));

    [Fact]
    public void A_second_producer_is_refused_by_name()
    {
        var refusal = new SpecRefusal.SecondProducer(SpecThing.File("f4"), "work2");

        Assert.Equal(refusal, Refusal(InJson5, new Connect(SpecThing.Job("work1"), SpecThing.File("f4"))));
        Assert.Equal(refusal, SpecEditor.WhyNotConnect(InYaml, SpecThing.Job("work1"), SpecThing.File("f4")));
        Assert.Equal("work2 produces f4 already, and only one job can.", refusal.Why);
        Assert.Null(SpecEditor.WhyNotConnect(InYaml, SpecThing.File("f2"), SpecThing.Job("work1")));
    }

    [Fact]
    public void A_loop_is_refused_and_shown()
    {
        Assert.Equal(
            "That would make a loop: preprocess → f1 → work1 → f3 → postprocess → f5 → preprocess.", Refusal(InJson5, new Connect(SpecThing.File("f5"), SpecThing.Job("preprocess"))).Why);
        Assert.Equal(new SpecRefusal.Loop(["work1", "f3", "postprocess", "work1"]), Refusal(InYaml, new Connect(SpecThing.Job("postprocess"), SpecThing.Job("work1"))));
        Assert.Equal(new SpecRefusal.Loop(["work1", "inputs", "preprocess", "f1", "work1"]), SpecEditor.WhyNotConnect(InYaml, SpecThing.Job("work1"), SpecThing.File("inputs")));
        Assert.Equal(new SpecRefusal.Loop(["work1", "work1"]), SpecEditor.WhyNotConnect(InYaml, SpecThing.Job("work1"), SpecThing.Job("work1")));
        Assert.IsType<SpecRefusal.NotConnectable>(SpecEditor.WhyNotConnect(InYaml, SpecThing.File("f1"), SpecThing.File("f2")));
    }

    [Fact]
    public void A_job_is_put_between_a_file_and_who_needs_it()
    {
        Changes(
            InYaml, new InsertJob(SpecThing.File("f3"), "postprocess", "filter", "sh filter.sh ${files.input.f3}", "filter_out", "filtered.json"),
            "-    command: \"sh post.sh ${files.input.f3} ${files.input.f4} ${files.output.f5}\"",
            "+    command: \"sh post.sh ${files.input.filter_out} ${files.input.f4} ${files.output.f5}\"",
            "+", "+  - name: filter", "+    command: sh filter.sh ${files.input.f3}", "+    output_files: [filter_out]",
            "+  - {name: filter_out, path: filtered.json}");
        Changes(
            InJson5, new InsertJob(SpecThing.File("f1"), "work1", "filter", "sh filter.sh", "filter_out", "filtered.json"),
            "-      input_files: ['f1'], // what it needs", "+      input_files: ['filter_out'], // what it needs",
            "+    {", "+      name: 'filter',", "+      command: 'sh filter.sh',", "+      input_files: ['f1'],", "+      output_files: ['filter_out'],", "+    },",
            "+    { name: 'filter_out', path: 'filtered.json' },");
    }

    [Fact]
    public void What_a_job_that_is_put_between_runs_may_be_said_later()
    {
        var done = Assert.IsType<SpecEdit.Done>(SpecEditor.Apply(InYaml, new InsertJob(SpecThing.File("f3"), "postprocess", "filter", "", "filter_out", "filtered.json")));

        Assert.Contains("input_files: [f3]", done.Text, StringComparison.Ordinal);
        Assert.Equal("/jobs/4/command", Assert.Single(done.Reading.Problems, problem => problem.Severity == Severity.Error).Path);
    }

    [Fact]
    public void A_class_is_given_to_a_job_and_taken_from_it()
    {
        Changes(InJson5, new Assign("work1", "small"), "+      resource_requirements: 'small',");
        Changes(InYaml, new Assign("work2", "small"), "-    resource_requirements: {num_cpus: 1, memory: 512m} # for now", "+    resource_requirements: small # for now");
        Changes(InYaml, new Assign("preprocess", null), "-    resource_requirements: small");
        Assert.IsType<SpecRefusal.NotThere>(Refusal(InYaml, new Assign("work1", "huge")));
    }

    [Fact]
    public void A_job_becomes_a_sweep()
    {
        var document = Changes(InYaml, new AddParameter(SpecThing.Job("work1"), "rate", "1:10"), "+    parameters: {rate: 1:10}");
        Changes(document, new AddParameter(SpecThing.Job("work1"), "mode", "[a, b]"), "-    parameters: {rate: 1:10}", "+    parameters: {rate: 1:10, mode: \"[a, b]\"}");
        Changes(InJson5, new AddParameter(SpecThing.Job("work1"), "rate", "1:10"), "+      parameters: { rate: '1:10' },");
        Assert.IsType<SpecRefusal.Other>(Refusal(document, new AddParameter(SpecThing.Job("work1"), "rate", "1")));
    }

    [Fact]
    public void Several_operations_are_one_edit_or_none()
    {
        var edit = new Together("Add f6", [new AddFile("f6", "f6.json"), new Connect(SpecThing.Job("work1"), SpecThing.File("f6"))]);
        Changes(InYaml, edit, "+      - f6", "+  - {name: f6, path: f6.json}");

        Assert.IsType<SpecRefusal.Loop>(Refusal(InYaml, new Together("", [new AddJob("a", "true"), new Connect(SpecThing.Job("postprocess"), SpecThing.Job("work1"))])));
    }

    [Fact]
    public void What_an_alias_repeats_is_not_touched()
    {
        const string spec = """
            name: w
            jobs:
              - name: a
                command: "true"
                env: &common {LEVEL: debug}
              - name: b
                command: "true"
                env: *common
              - &base
                name: c
                command: "true"
              - <<: *base
                name: d

            """;

        Assert.Equal(new SpecRefusal.Shared(5), Refusal(Yaml(spec), new SetField(SpecThing.Job("a"), ["env", "LEVEL"], "info")));
        Assert.Equal(new SpecRefusal.Shared(5), Refusal(Yaml(spec), new SetField(SpecThing.Job("b"), ["env", "LEVEL"], "info")));
        Assert.IsType<SpecRefusal.Shared>(Refusal(Yaml(spec), new SetField(SpecThing.Job("c"), ["command"], "false")));
        Assert.IsType<SpecRefusal.NoRoom>(Refusal(Yaml(spec), new SetField(SpecThing.Job("c"), ["priority"], "1")));
        Assert.IsType<SpecRefusal.NoRoom>(Refusal(Yaml(spec), new Remove(SpecThing.Job("a"))));
        Changes(Yaml(spec), new SetField(SpecThing.Job("a"), ["priority"], "1"), "+    priority: 1");
        Changes(Yaml(spec), new SetField(SpecThing.Job("d"), ["priority"], "1"), "+    priority: 1");
        Changes(Yaml(spec), new Remove(SpecThing.Job("b")), "-  - name: b", "-    command: \"true\"", "-    env: *common");
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_stay_as_they_are()
    {
        string text = "\uFEFF" + Diamonds.Yaml.ReplaceLineEndings("\r\n");

        var done = Done(Yaml(text), new AddJob("report", "echo 1\necho 2\n"));

        Assert.StartsWith("\uFEFF# The", done.After.Text, StringComparison.Ordinal);
        Assert.Equal(done.After.Text.Count(character => character == '\n'), done.After.Text.Count(character => character == '\r'));
        Assert.Equal("echo 1\necho 2\n", done.After.Reading.Definition!.Jobs[4].Command);
        Assert.Equal(text, done.After.With(Inverse(done)).Text);
    }

    [Theory]
    [InlineData("{name: 'w', jobs: [{name: 'a', command: 'true', depends_on: [/* none yet */]}, {name: 'b', command: 'true'}]}", "{name: 'w', jobs: [{name: 'a', command: 'true', depends_on: [/* none yet */ 'b' ]}, {name: 'b', command: 'true'}]}")]
    [InlineData("{name: 'w', jobs: [{name: 'a', command: 'true', depends_on: [ ]}, {name: 'b', command: 'true'}]}", "{name: 'w', jobs: [{name: 'a', command: 'true', depends_on: ['b']}, {name: 'b', command: 'true'}]}")]
    [InlineData("{name: 'w', jobs: [{name: 'a', command: 'true', depends_on: [\n  // none yet\n]}, {name: 'b', command: 'true'}]}", "{name: 'w', jobs: [{name: 'a', command: 'true', depends_on: [\n  // none yet\n  'b'\n]}, {name: 'b', command: 'true'}]}")]
    [InlineData("{name: 'w', jobs: [{name: 'c', command: 'true'}, {name: 'a', command: 'true', depends_on: ['c',]}, {name: 'b', command: 'true'}]}", "{name: 'w', jobs: [{name: 'c', command: 'true'}, {name: 'a', command: 'true', depends_on: ['c', 'b']}, {name: 'b', command: 'true'}]}")]
    [InlineData("{name: 'w', jobs: [{name: 'c', command: 'true'}, {name: 'a', command: 'true', depends_on: [\n\t'c' // first\n]}, {name: 'b', command: 'true'}]}", "{name: 'w', jobs: [{name: 'c', command: 'true'}, {name: 'a', command: 'true', depends_on: [\n\t'c', // first\n\t'b'\n]}, {name: 'b', command: 'true'}]}")]
    public void Lists_of_every_look_take_one_more(string before, string after) =>
        Becomes(Json5(before), new Connect(SpecThing.Job("b"), SpecThing.Job("a")), after);

    [Fact]
    public void What_cannot_be_read_or_edited_says_so()
    {
        Assert.Equal("The text cannot be read (line 1): this \"{\" is never closed.", Refusal(Json("{"), new AddFile("f", "f")).Why);
        Assert.IsType<SpecRefusal.NotEditable>(Refusal(SpecDocument.Of("name \"w\"\njob \"a\" { command \"true\" }\n", "a.kdl"), new AddFile("f", "f")));
    }

    private static IReadOnlyList<TextChange> Inverse(SpecEdit.Done done) => TextChanges.Invert(done.Before.Text, done.Changes);
}
