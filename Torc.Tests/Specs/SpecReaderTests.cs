using System.Text;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class SpecReaderTests
{
    private const string Yaml = """
        # A workflow in YAML, with what YAML is used for.
        name: twin
        project: examples
        env: {LEVEL: "1", MODE: fast}
        defaults: &small
          resource_requirements: small
        jobs:
          - name: first
            command: >-
              sh first.sh
              ${files.output.raw}
            env:
              LEVEL: 2
            resource_requirements: small
            output_user_data: [found]
          - name: second
            command: sh second.sh ${files.input.raw} ${user_data.input.found}
            priority: -3
            cancel_on_blocking_job_failure: false
            resource_requirements: {num_cpus: 2, memory: 1.5g, num_gpus: 1, runtime: 01:30:00}
        files:
          - {name: raw, path: raw data.txt}
        user_data:
          - name: found
            data: {b: [1, 2.50, on, ~, "é\n"], a: .5}
            is_ephemeral: true
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 256m, runtime: PT2M}
        """;

    [Fact]
    public void The_diamond_sample_reads_without_problems_and_is_a_diamond()
    {
        var reading = SpecReader.Read(File.ReadAllBytes(Repository.PathTo("samples", "diamond", "diamond.json")), "diamond.json");

        Assert.Empty(reading.Problems);
        var diamond = reading.Definition!;
        Assert.Equal(["preprocess", "work1", "work2", "postprocess"], diamond.Jobs.Select(job => job.Name));
        Assert.Equal([[], [0], [0], [1, 2]], Enumerable.Range(0, 4).Select(job => diamond.Graph.BlockersOf(job).ToArray()));
        Assert.Equal(new SpecCounts(Jobs: 4, Files: 6, UserData: 1, ExplicitEdges: 0, ImplicitEdges: 4, Depth: 3, Roots: 1), reading.Counts);
        Assert.Equal("sh work.sh f2.json f4.json 300 20", diamond.Jobs[2].Command);
        Assert.Equal(new ResourceRequirements(1, MemorySize.Mebibytes(512), Gpus: 0, Nodes: 1, TimeSpan.FromMinutes(5)), diamond.Jobs[2].Needs);
        reading.CheckPaths(directory: null, Severity.Warning, _ => PathKind.Nothing);
        Assert.Equal(["inputs.json"], reading.MissingInputs);
        Assert.Equal([0], diamond.Jobs[3].OutputData);
    }

    [Fact]
    public void Everything_that_a_spec_may_say_is_read_from_YAML()
    {
        var reading = Read(Yaml.Replace("defaults: &small\n  resource_requirements: small\n", "", StringComparison.Ordinal), "twin.yaml");

        Assert.Empty(reading.Problems);
        var twin = reading.Definition!;
        var (first, second) = (twin.Jobs[0], twin.Jobs[1]);
        Assert.Equal(("twin", "examples", null, null), (twin.Name, twin.Project, twin.User, twin.Description));
        Assert.Equal("sh first.sh 'raw data.txt'", first.Command);
        Assert.StartsWith("""sh second.sh 'raw data.txt' '{"b":[1,2.50,"on",null,""", second.Command, StringComparison.Ordinal);
        Assert.Equal([("LEVEL", "2"), ("MODE", "fast")], first.Env.Select(variable => (variable.Key, variable.Value)));
        Assert.Equal([("LEVEL", "1"), ("MODE", "fast")], second.Env.Select(variable => (variable.Key, variable.Value)));
        Assert.Equal(("small", null), (first.RequirementsName, second.RequirementsName));
        Assert.Equal(new ResourceRequirements(2, new MemorySize(3L << 29), Gpus: 1, Nodes: 1, TimeSpan.FromMinutes(90)), second.Needs);
        Assert.Equal((0, -3), (first.Priority, second.Priority));
        Assert.Equal((true, false), (first.CancelOnBlockingJobFailure, second.CancelOnBlockingJobFailure));
        Assert.Equal([[0], [0], [0], [0]], [first.OutputFiles, first.OutputData, second.InputFiles, second.InputData]);
        Assert.Equal([0], twin.Graph.BlockersOf(1).ToArray());
        Assert.Equal(new UserDataDefinition("found", """{"b":[1,2.50,"on",null,"é\n"],"a":0.5}""", IsEphemeral: true), twin.UserData[0]);
    }

    [Fact]
    public void A_key_that_YAML_writers_invent_for_their_anchors_is_still_unknown() =>
        Assert.Equal((DiagnosticCodes.UnknownKey, 5, 1), Place(Assert.Single(Read(Yaml, "twin.yaml").Problems)));

    [Fact]
    public void A_merge_key_brings_what_its_object_does_not_say_itself()
    {
        var jobs = Definition("""
            name: w
            jobs:
              - &base {name: a, command: run a, priority: 7}
              - &more {priority: 8, cancel_on_blocking_job_failure: false, name: b, command: run b}
              - {<<: *base, name: c}
              - {name: d, <<: [*base, *more]}
            """).Jobs;

        Assert.Equal(
            [("a", "run a", 7, true), ("b", "run b", 8, false), ("c", "run a", 7, true), ("d", "run a", 7, false)],
            jobs.Select(job => (job.Name, job.Command, job.Priority, job.CancelOnBlockingJobFailure)));
    }

    [Fact]
    public void A_merged_entry_never_replaces_one_that_is_written()
    {
        var workflow = Definition("""
            name: w
            env: &base {A: "1", B: "1"}
            jobs: [{name: j, command: x, env: {<<: *base, A: "2"}}]
            user_data: [{name: d, data: {<<: *base, "<<": text, A: 2}}]
            """);

        Assert.Equal([("A", "2"), ("B", "1")], workflow.Jobs[0].Env.Select(variable => (variable.Key, variable.Value)).Order());
        Assert.Equal("""{"<<":"text","A":2,"B":"1"}""", workflow.UserData[0].Data);
    }

    [Fact]
    public void Data_is_kept_with_no_more_escapes_than_JSON_needs() => Assert.Equal(
        """{"😀é":"\"\\/\n\u001f<"}""",
        Read("""{"name": "w", "jobs": [], "user_data": [{"name": "d", "data": {"\ud83d\ude00\u00e9": "\"\\\/\n\u001F<"}}]}""", "a.json").Definition!.UserData[0].Data);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_byte_order_mark_is_no_part_of_the_first_key(string mark)
    {
        Assert.Equal("w", Read($$"""{{mark}}{"name": "w", "jobs": []}""", "a.json").Definition!.Name);
        Assert.Equal("w", Read($"{mark}name: w\njobs: []", "a.yaml").Definition!.Name);
    }

    [Fact]
    public void Line_ends_of_Windows_move_no_place_and_enter_no_command()
    {
        var reading = Read("name: w\r\njobs:\r\n  - name: j\r\n    command: |\r\n      a\r\n      b\r\n    wrong: 1\r\n", "a.yaml");

        Assert.Equal((DiagnosticCodes.UnknownKey, 7, 5), Place(Assert.Single(reading.Problems)));
        Assert.Equal("a\nb\n", Read("name: w\r\njobs:\r\n  - name: j\r\n    command: |\r\n      a\r\n      b\r\n", "a.yaml").Definition!.Jobs[0].Command);
    }

    [Fact]
    public void A_value_of_several_lines_is_marked_to_the_end_of_its_first()
    {
        var problem = Assert.Single(Read("name: w\r\njobs:\r\n  - name: j\r\n    command: x\r\n    priority: |\r\n      a\r\n      b\r\n", "a.yaml").Problems);

        Assert.Equal((5, 15, 16), (problem.Line, problem.Column, problem.EndColumn));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("resource_monitor:", 1)]
    [InlineData("resource_monitor: {}", null)]
    [InlineData("resource_monitor: {enabled: false, granularity: time_series}", null)]
    [InlineData("resource_monitor: {enabled: true}", 1)]
    [InlineData("resource_monitor: {enabled: true, granularity: summary, sample_interval_seconds: 5}", null)]
    [InlineData("resource_monitor: {enabled: true, granularity: time_series, sample_interval_seconds: 5}", 5)]
    [InlineData("resource_monitor: {sample_interval_seconds: 5}", null)]
    [InlineData("resource_monitor: {enabled: true, sample_interval_seconds: 7200}", 7200)]
    [InlineData("resource_monitor: {jobs: {enabled: true, granularity: time_series}}", 1)]
    [InlineData("resource_monitor: {jobs: {enabled: true, sample_interval_seconds: 5}, sample_interval_seconds: 7}", 5)]
    [InlineData("resource_monitor: {jobs: {enabled: true}, sample_interval_seconds: 7}", 7)]
    [InlineData("resource_monitor: {jobs: {enabled: true, granularity: summary}, enabled: true}", null)]
    [InlineData("resource_monitor: {jobs: {}, enabled: true}", null)]
    [InlineData("resource_monitor: {compute_node: {enabled: true}, flush_interval_seconds: 300}", null)]
    public void Samples_are_kept_unless_the_monitor_says_otherwise(string monitor, int? seconds) =>
        Assert.Equal(seconds, Definition($"name: w\njobs: []\n{monitor}\n").Monitor.SampleEvery?.TotalSeconds);

    [Fact]
    public void A_key_too_many_in_the_monitor_is_a_warning_only()
    {
        var reading = Read("name: w\njobs: []\nresource_monitor: {enabled: true, generate_plots: true, gpu: true}\n", "a.yaml");

        Assert.NotNull(reading.Definition);
        Assert.Equal((DiagnosticCodes.UnknownKey, Severity.Warning), (Assert.Single(reading.Problems).Code, reading.Problems[0].Severity));
    }

    [Fact]
    public void Where_a_job_may_run_is_part_of_what_it_needs()
    {
        var definition = Definition("""
            name: w
            jobs_sort_method: gpus_memory_runtime
            jobs:
              - {name: a, command: x, label: bigmem, scheduler: short, resource_requirements: r}
              - {name: "b_{i}", command: x, label: "l{i}", parameters: {i: [1, 2]}}
            resource_requirements: [{name: r, num_cpus: 2, memory: 1g}]
            slurm_schedulers: [{name: short, account: a}]
            """);

        Assert.Equal(SortMethod.GpusMemoryRuntime, definition.SortMethod);
        Assert.Equal(
            [new ResourceRequirements(2, MemorySize.Gibibytes(1), 0, 1, TimeSpan.FromHours(1), "bigmem", "short"), ResourceRequirements.Default with { Label = "l1" }, ResourceRequirements.Default with { Label = "l2" }],
            definition.Jobs.Select(job => job.Needs));
    }

    [Fact]
    public void A_job_that_names_no_requirements_gets_the_default() =>
        Assert.Equal(ResourceRequirements.Default, Definition("name: w\njobs: [{name: j, command: x}]").Jobs[0].Needs);

    [Theory]
    [InlineData("on")]
    [InlineData("yes")]
    [InlineData("1:10")]
    [InlineData("1_000")]
    [InlineData("2026-05-04")]
    public void What_only_older_YAML_takes_for_something_else_is_a_text(string text) =>
        Assert.Equal(text, Definition($"name: w\njobs: [{{name: j, command: {text}}}]").Jobs[0].Command);

    [Theory]
    [InlineData("010", "write 10")]
    [InlineData("0x10", "write 16")]
    [InlineData("1_000", "write 1000")]
    [InlineData("12:30", null)]
    [InlineData(".inf", null)]
    [InlineData(".nan", null)]
    public void Clever_numbers_are_refused_where_a_number_is_wanted(string number, string? help)
    {
        var problem = Assert.Single(Read($"name: w\njobs:\n- {{name: j, command: x, priority: {number}}}", "a.yaml").Problems);

        Assert.Equal((DiagnosticCodes.BadValue, 3, 35), Place(problem));
        Assert.Equal(help, problem.Help);
    }

    [Theory]
    [InlineData("010")]
    [InlineData("0x10")]
    [InlineData(".inf")]
    public void Clever_numbers_are_refused_in_data_too(string number) =>
        Assert.Equal((DiagnosticCodes.BadValue, 2, 29), Place(Assert.Single(Read($"name: w\nuser_data: [{{name: d, data: {number}}}]\njobs: []", "a.yaml").Problems)));

    [Fact]
    public void What_the_user_wrote_and_what_files_say_are_counted_apart()
    {
        var reading = Read("""
            name: w
            jobs:
              - {name: a, command: x, output_files: [f]}
              - {name: b, command: x, input_files: [f, f], depends_on: [a, a]}
              - {name: c, command: x, input_files: [f], output_user_data: [d]}
              - {name: e, command: x, input_user_data: [d], depends_on: [b]}
            files: [{name: f, path: f}]
            user_data: [{name: d}]
            """, "a.yaml");

        Assert.Equal(new SpecCounts(Jobs: 4, Files: 1, UserData: 1, ExplicitEdges: 2, ImplicitEdges: 2, Depth: 3, Roots: 1), reading.Counts);
    }

    [Fact]
    public void A_reference_is_replaced_everywhere_and_adds_to_the_lists()
    {
        var job = Definition("""
            name: w
            jobs:
              - name: j
                command: cp ${files.input.a} ${files.output.b}; echo ${HOME} ${files.input.a} $${x} ${user_data.output.d}
                invocation_script: wrap ${files.input.c}
                input_files: [c]
            files:
              - {name: a, path: "it's here"}
              - {name: b, path: out/b.txt}
              - {name: c, path: c}
            user_data: [{name: d}]
            """).Jobs[0];

        Assert.Equal("""cp 'it'\''s here' out/b.txt; echo ${HOME} 'it'\''s here' $${x} d""", job.Command);
        Assert.Equal("wrap c", job.InvocationScript);
        Assert.Equal([[2, 0], [1], [0]], [job.InputFiles, job.OutputFiles, job.OutputData]);
    }

    [Fact]
    public void A_path_that_is_escaped_inside_quotes_is_a_warning()
    {
        var reading = Read("name: w\njobs: [{name: j, command: 'cat \"${files.input.a}\" ${files.input.a}'}]\nfiles: [{name: a, path: a $b}]", "a.yaml");

        Assert.Equal("cat \"a \\$b\" 'a $b'", reading.Definition!.Jobs[0].Command);
        Assert.Equal((DiagnosticCodes.QuotedReference, 2, 33), Place(Assert.Single(reading.Problems)));
    }

    [Theory]
    [InlineData("""cat 'it''s' ${files.input.a}""", """cat 'it''s' 'a "b'""")]
    [InlineData("""cat 'a\' ${files.input.a}""", """cat 'a\' 'a "b'""")]
    [InlineData("""cat \" ${files.input.a}""", """cat \" 'a "b'""")]
    [InlineData("""cat "\" ${files.input.a}\"" x""", """cat "\" a \"b\"" x""")]
    [InlineData("""cat "' ${files.input.a} '" x""", """cat "' a \"b '" x""")]
    [InlineData("""cat '" ${files.input.a} "'""", """cat '" a "b "'""")]
    public void Quotes_are_followed_as_a_shell_follows_them(string command, string expected)
    {
        var reading = Read($"name: w\njobs:\n- name: j\n  command: |-\n    {command}\nfiles: [{{name: a, path: 'a \"b'}}]", "a.yaml");

        Assert.Equal(expected, reading.Definition!.Jobs[0].Command);
        Assert.Equal(expected.Contains("a \\\"b", StringComparison.Ordinal), reading.Problems.Any(problem => problem.Code is DiagnosticCodes.QuotedReference));
    }

    [Theory]
    [InlineData("--config ${user_data.input.cfg}", """--config '{"lr":0.1,"of":"it'\''s"}'""")]
    [InlineData("--config '${user_data.input.cfg}'", """--config '{"lr":0.1,"of":"it'\''s"}'""")]
    [InlineData("--config=\"${user_data.input.cfg}\" x", """"--config="{\"lr\":0.1,\"of\":\"it's\"}" x"""")]
    [InlineData("${user_data.input.seed} ${user_data.output.later} ${user_data.input.nothing}", "7 later nothing")]
    public void A_reference_to_user_data_is_its_data_and_its_name_where_the_spec_gives_none(string command, string expected)
    {
        var job = Definition($$"""
            name: w
            jobs:
              - name: j
                command: |-
                  {{command}}
            user_data: [{name: cfg, data: {lr: 0.1, of: it's} }, {name: seed, data: 7}, {name: later}, {name: nothing, data: ~}]
            """).Jobs[0];

        Assert.Equal(expected, job.Command);
        Assert.NotEmpty(job.InputData);
    }

    [Fact]
    public void The_tags_of_the_core_schema_say_what_a_value_is()
    {
        var workflow = Definition("""
            %YAML 1.2
            ---
            !!map
            name: !!str 12
            jobs: !!seq
              - !!map {!!str name: !!str a, command: !!str true, priority: !!int 7, cancel_on_blocking_job_failure: !!bool false, env: !!null ~}
            user_data: [{name: d, data: [!!float 1.5, !!float 2, !!int "3", !!str 4, !!str null]}]
            ...
            """);

        Assert.Equal(("12", "a", "true", 7, false), (workflow.Name, workflow.Jobs[0].Name, workflow.Jobs[0].Command, workflow.Jobs[0].Priority, workflow.Jobs[0].CancelOnBlockingJobFailure));
        Assert.Equal("""[1.5,2,3,"4","null"]""", workflow.UserData[0].Data);
    }

    [Fact]
    public void What_other_versions_say_without_effect_here_is_read() => Assert.All(
        Read("""
            name: w
            metadata: hello, not JSON
            srun_termination_signal: "TERM@120"
            enable_cpu_bind: false
            compute_node_wait_for_new_jobs_seconds: -1
            jobs: [{name: a, command: x, failure_handler: f, use_parameters_file: false}]
            failure_handlers: [{name: f, rules: [{exit_codes: [-9, 256], max_retries: -1}]}]
            slurm_schedulers: [{name: s, account: a, nodes: 0}]
            actions: [{trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler: s, scheduler_type: slurm, num_allocations: 0}]
            """, "a.yaml").Problems,
        problem => Assert.Equal(Severity.Warning, problem.Severity));

    [Fact]
    public void A_loop_is_told_through_jobs_and_files_with_a_line_for_each_step()
    {
        var problem = Assert.Single(Read("""
            name: w
            jobs:
              - {name: work1, command: x, input_files: [f1], output_files: [f3]}
              - {name: postprocess, command: x, input_files: [f3], output_files: [f1]}
              - {name: after, command: x, depends_on: [postprocess]}
            files: [{name: f1, path: f1}, {name: f3, path: f3}]
            """, "a.yaml").Problems);

        Assert.Equal((DiagnosticCodes.Loop, 3, 45), Place(problem));
        Assert.Equal("jobs wait for each other: work1 → f3 → postprocess → f1 → work1", problem.Message);
        Assert.Equal("work1 produces f3 (line 3); postprocess needs f3 (line 4); postprocess produces f1 (line 4); work1 needs f1 (line 3)", problem.Help);
    }

    [Fact]
    public void Loops_of_every_kind_are_found_and_loops_without_a_common_job_are_all_told()
    {
        var problems = Read("""
            name: w
            jobs:
              - {name: a, command: x, depends_on: [b]}
              - {name: b, command: x, input_user_data: [d]}
              - {name: c, command: x, depends_on: [a], output_user_data: [d]}
              - {name: e, command: 'x ${files.input.f} ${files.output.f}'}
            files: [{name: f, path: f}]
            user_data: [{name: d}]
            """, "a.yaml").Problems;

        Assert.Equal(
            ["jobs wait for each other: a → c → d → b → a", "jobs wait for each other: e → f → e"], problems.Select(problem => problem.Message));
    }

    [Fact]
    public void A_second_producer_is_told_with_both_jobs()
    {
        var problem = Assert.Single(Read("""
            name: w
            jobs:
              - {name: work1, command: x, output_files: [f3]}
              - {name: work3, command: "x ${files.output.f3}"}
            files: [{name: f3, path: f3}]
            """, "a.yaml").Problems);

        Assert.Equal((DiagnosticCodes.TwoProducers, 4, 31), Place(problem));
        Assert.Equal("two jobs produce file \"f3\": \"work1\" on line 3 and \"work3\" on line 4", problem.Message);
    }

    [Fact]
    public void All_problems_come_at_once_in_the_order_of_the_document()
    {
        var problems = Read("""
            name: w/w
            jobs:
              - {name: a, comand: x, depends_on: [b], memory: 1}
              - {name: a, command: ""}
            files: [{name: f, path: ""}]
            resource_requirements: [{name: r, num_cpus: 0, memory: 4}]
            """, "a.yaml").Problems;

        Assert.Equal(
            [
                "1:7 TORC121", "3:5 TORC104", "3:15 TORC101", "3:39 TORC114", "3:43 TORC101", "4:12 TORC116", "4:24 TORC124",
                "5:16 TORC126", "5:25 TORC124", "6:32 TORC126", "6:45 TORC106", "6:56 TORC141",
            ],
            problems.Select(problem => $"{problem.Line}:{problem.Column} {problem.Code}"));
        Assert.Equal("/jobs/0/depends_on/0", problems[3].Path);
    }

    [Fact]
    public void Two_files_with_one_path_are_suspicious()
    {
        var reading = Read("name: w\njobs: [{name: j, command: x, input_files: [a, b]}]\nfiles:\n- {name: a, path: p}\n- {name: b, path: p}", "a.yaml");

        Assert.Equal((DiagnosticCodes.SamePath, 5, 19), Place(Assert.Single(reading.Problems)));
    }

    [Theory]
    [InlineData("größe")]
    [InlineData("作業 1")]
    [InlineData("कार्य")]
    [InlineData("a.b-c_d 9")]
    [InlineData("lr=0.1, wd=1e-3")]
    [InlineData("process:a (v2) [x]")]
    [InlineData("job@1+x%#!&^~'")]
    [InlineData("50 € – ✓ 👍")]
    public void Names_may_be_written_in_any_script_and_with_most_signs(string name) => Assert.Equal(name, Definition($"name: \"{name}\"\njobs: []").Name);

    [Theory]
    [InlineData("/")]
    [InlineData("\\\\")]
    [InlineData("\\\"")]
    [InlineData("<")]
    [InlineData(">")]
    [InlineData("|")]
    [InlineData("*")]
    [InlineData("?")]
    [InlineData(";")]
    [InlineData("`")]
    [InlineData("$")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("\u3164")]
    [InlineData("\u202e")]
    [InlineData("\ue000")]
    [InlineData("\u2028")]
    public void A_sign_that_a_shell_or_a_path_gives_a_meaning_or_that_nobody_sees_is_in_no_name(string sign)
    {
        var problem = Assert.Single(Read($"{{\"name\": \"a{sign}b\", \"jobs\": []}}", "a.json").Problems);

        Assert.Equal((DiagnosticCodes.BadName, "use letters, digits, spaces inside, and signs other than / \\ \" < > | * ? ; ` $ { }"), (problem.Code, problem.Help));
        Assert.EndsWith("(character 2)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_input_is_told_with_its_path_and_its_place_in_the_document()
    {
        var reading = Read("name: w\njobs: [{name: j, command: x, input_files: [b]}]\nfiles: [{name: a, path: a}, {name: b, path: in/b}]", "a.yaml");

        reading.CheckPaths("/home/ann/w", Severity.Error, path => path is "/home/ann/w/a" ? PathKind.File : PathKind.Nothing);

        var problem = Assert.Single(reading.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal((DiagnosticCodes.MissingInput, "/files/1/path", "in/b does not exist under /home/ann/w"), (problem.Code, problem.Path, problem.Message));
        Assert.Equal((3, 45, 49), (problem.Line, problem.Column, problem.EndColumn));
        Assert.Null(reading.Definition);
    }

    [Theory]
    [InlineData("w.yaml")]
    [InlineData("w.yml")]
    [InlineData("w")]
    public void A_spec_in_YAML_may_begin_with_a_brace(string file)
    {
        var reading = Read("{name: w, # in braces\n jobs: [{name: a, command: echo it is}, {name: b, command: 'it''s'}]}\n", file);

        Assert.Empty(reading.Problems);
        Assert.Equal(SpecNotation.Yaml, reading.Notation);
        Assert.Equal(["a: echo it is", "b: it's"], reading.Definition!.Jobs.Select(job => $"{job.Name}: {job.Command}"));
    }

    private static SpecReading Read(string text, string fileName) => SpecReader.Read(Encoding.UTF8.GetBytes(text), fileName);

    private static WorkflowDefinition Definition(string yaml)
    {
        var reading = Read(yaml, "a.yaml");
        Assert.DoesNotContain(reading.Problems, problem => problem.Severity == Severity.Error);
        return reading.Definition!;
    }

    private static (string Code, int? Line, int? Column) Place(Diagnostic problem) => (problem.Code, problem.Line, problem.Column);
}
