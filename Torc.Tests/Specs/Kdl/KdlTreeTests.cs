using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Kdl;
using Torc.Shared.Specs.Notations;
using Xunit;

namespace Torc.Tests.Specs.Kdl;

/// <summary>KDL says in its own way what YAML says too: each test reads both, and compares the trees.</summary>
public sealed class KdlTreeTests
{
    private const string Diamond = """"
        // Two jobs work on what the first one prepares; the last one puts it together.
        name diamond
        description "A diamond of four jobs"

        file inputs path="inputs.json"
        file f1 path="f1.json"
        file f2 path="f2.json"
        file f3 { path "f3.json" }
        file f4 { path "f4.json" }
        file f5 path="f5.json"

        user_data summary {
            data #"{"key1": [1, 2.50, null], "key2": {"deep": true}}"#
        }

        resource_requirements small { num_cpus 1; memory "1g"; runtime "PT10M" }
        resource_requirements medium { num_cpus 4; memory "8g"; runtime "PT1H" }

        job preprocess {
            command "sh preprocess.sh"
            input_file inputs
            output_files f1 f2
            resource_requirements small
        }
        job work1 {
            command "sh work.sh f1.json f3.json"
            input_file f1
            output_file f3
            resource_requirements medium
        }
        job work2 {
            command "sh work.sh f2.json f4.json"
            input_file f2
            output_file f4
            resource_requirements medium
        }
        job postprocess {
            command """
                sh collect.sh \
                    f3.json f4.json
                echo "done"
                """
            input_file f3
            input_file f4
            output_file f5
            output_user_data summary
            resource_requirements num_cpus=18 memory="32g" runtime=P1D
        }
        """";

    private const string DiamondInYaml = """
        name: diamond
        description: A diamond of four jobs
        files:
          - {name: inputs, path: inputs.json}
          - {name: f1, path: f1.json}
          - {name: f2, path: f2.json}
          - {name: f3, path: f3.json}
          - {name: f4, path: f4.json}
          - {name: f5, path: f5.json}
        user_data:
          - {name: summary, data: {key1: [1, 2.50, null], key2: {deep: true}}}
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 1g, runtime: PT10M}
          - {name: medium, num_cpus: 4, memory: 8g, runtime: PT1H}
        jobs:
          - name: preprocess
            command: sh preprocess.sh
            input_files: [inputs]
            output_files: [f1, f2]
            resource_requirements: small
          - {name: work1, command: sh work.sh f1.json f3.json, input_files: [f1], output_files: [f3], resource_requirements: medium}
          - {name: work2, command: sh work.sh f2.json f4.json, input_files: [f2], output_files: [f4], resource_requirements: medium}
          - name: postprocess
            command: |-
              sh collect.sh f3.json f4.json
              echo "done"
            input_files: [f3, f4]
            output_files: [f5]
            output_user_data: [summary]
            resource_requirements: {num_cpus: 18, memory: 32g, runtime: P1D}
        """;

    /// <summary>A text in KDL, and the YAML that says the same.</summary>
    public static TheoryData<string, string, string> Twins() => new()
    {
        {
            "what the workflow says of itself",
            """
            name w
            user "me"; description "d"; project p
            tags one two
            tag three
            jobs_sort_method none
            use_pending_failed #true
            compute_node_expiration_buffer_seconds 0x3c
            compute_node_wait_for_new_jobs_seconds 1_000
            compute_node_ignore_workflow_completion false
            compute_node_wait_for_healthy_database_minutes 20
            early_cutoff #null
            recovery off
            """,
            """
            name: w
            user: me
            description: d
            project: p
            tags: [one, two, three]
            jobs_sort_method: none
            use_pending_failed: true
            compute_node_expiration_buffer_seconds: 60
            compute_node_wait_for_new_jobs_seconds: 1000
            compute_node_ignore_workflow_completion: false
            compute_node_wait_for_healthy_database_minutes: 20
            early_cutoff: null
            recovery: "off"
            jobs: []
            """
        },
        {
            "everything of a job, a node for each value",
            """
            job "j" {
                command "c"
                invocation_script "s"
                failure_handler "h"
                scheduler "q"
                priority -3
                label "l"
                on_lost "rerun"
                cancel_on_blocking_job_failure #false
                supports_termination #true
                depends_on "a"
                depends_on "b"
                depends_on_regexes "x_.*"
                depends_on_regexes "y_\\d"
                input_file "f1"
                input_file "f2"
                input_file_regexes "in"
                output_file "f3"
                output_file_regexes "out"
                input_user_data "d1"
                input_user_data "d2"
                input_user_data_regexes "d.*"
                output_user_data "d3"
                output_user_data_regexes "e.*"
                env { A "1"; B "two" }
                stdio { mode "combined"; delete_on_success #true }
                parameters { i "1:3" }
                parameter_mode "zip"
                use_parameters "i" "j"
            }
            """,
            """
            jobs:
              - name: j
                command: c
                invocation_script: s
                failure_handler: h
                scheduler: q
                priority: -3
                label: l
                on_lost: rerun
                cancel_on_blocking_job_failure: false
                supports_termination: true
                depends_on: [a, b]
                depends_on_regexes: [x_.*, 'y_\d']
                input_files: [f1, f2]
                input_file_regexes: [in]
                output_files: [f3]
                output_file_regexes: [out]
                input_user_data: [d1, d2]
                input_user_data_regexes: [d.*]
                output_user_data: [d3]
                output_user_data_regexes: [e.*]
                env: {A: "1", B: two}
                stdio: {mode: combined, delete_on_success: true}
                parameters: {i: "1:3"}
                parameter_mode: zip
                use_parameters: [i, j]
            """
        },
        {
            "lists in the plural and the singular, together and apart",
            """
            jobs j {
                depends_on a b
                input_files f1 f2
                input_file f3
                command c
                input_files f4
                output_files
                use_parameter i
                use_parameter k
                depends_on_regex r
                input_file_regex a
                output_file_regex b
                input_user_data_regex c
                output_user_data_regex d
            }
            """,
            """
            jobs:
              - name: j
                depends_on: [a, b]
                input_files: [f1, f2, f3, f4]
                command: c
                output_files: []
                use_parameters: [i, k]
                depends_on_regexes: [r]
                input_file_regexes: [a]
                output_file_regexes: [b]
                input_user_data_regexes: [c]
                output_user_data_regexes: [d]
            """
        },
        {
            "names of older files",
            """
            job j {
                depends_on_job a
                blocked_by_job b
                depends_on c
                blocked_by d
                resource_requirements_name small
                scheduler_name q
            }
            file f path=p st_mtime=1640995200.0
            action { job_name a; job b; jobs c d; job_name_regex r; scheduler_name q }
            """,
            """
            jobs: [{name: j, depends_on: [a, b, c, d], resource_requirements: small, scheduler: q}]
            files: [{name: f, path: p}]
            actions: [{jobs: [a, b, c, d], job_name_regexes: [r], scheduler: q}]
            """
        },
        {
            "properties in place of a block",
            """job j command="c" depends_on=a priority=7 depends_on=b { input_file f }""",
            """jobs: [{name: j, command: c, depends_on: [a, b], priority: 7, input_files: [f]}]"""
        },
        {
            "a name in the block",
            """job { name j; command c }""",
            """jobs: [{name: j, command: c}]"""
        },
        {
            "lists of objects whose nodes stand apart",
            """
            file a path=1
            job x
            file b path=2
            job y
            files c path=3
            """,
            """
            files: [{name: a, path: 1}, {name: b, path: 2}, {name: c, path: 3}]
            jobs: [{name: x}, {name: y}]
            """
        },
        {
            "files that expand",
            """file "out_{i}" path="out/{i}" { parameters { i "1:5" }; parameter_mode zip; use_parameters i }""",
            """
            files: [{name: "out_{i}", path: "out/{i}", parameters: {i: "1:5"}, parameter_mode: zip, use_parameters: [i]}]
            jobs: []
            """
        },
        {
            "maps",
            """
            parameters { rate "[0.1,0.2]"; size 16 32 64; mode train; last 5 }
            variables { root "/data"; "a key" 1 }
            env LEVEL="1" { MODE fast }
            slurm_defaults { account a; mail-type "END"; exclusive #true; cpus-per-task 4 }
            """,
            """
            parameters: {rate: "[0.1,0.2]", size: [16, 32, 64], mode: train, last: 5}
            variables: {root: /data, a key: 1}
            env: {LEVEL: "1", MODE: fast}
            slurm_defaults: {account: a, mail-type: END, exclusive: true, cpus-per-task: 4}
            jobs: []
            """
        },
        {
            "empty blocks",
            """
            parameters {
            }
            env
            resource_monitor
            """,
            """
            parameters: {}
            env: {}
            resource_monitor: {}
            jobs: []
            """
        },
        {
            "failure handlers",
            """
            failure_handler h {
                rule { exit_codes 10 11 12; recovery_script "sh x.sh"; max_retries 3 }
                rule { match_all_exit_codes #true; exit_code 1; exit_code 2 }
                rule
            }
            failure_handlers none
            """,
            """
            failure_handlers:
              - name: h
                rules:
                  - {exit_codes: [10, 11, 12], recovery_script: sh x.sh, max_retries: 3}
                  - {match_all_exit_codes: true, exit_codes: [1, 2]}
                  - {}
              - {name: none, rules: []}
            jobs: []
            """
        },
        {
            "schedulers and actions",
            """
            slurm_scheduler s {
                account a; nodes 2; walltime "04:00:00"; partition p; qos q; mem "8G"; gres "gpu:1"; tmp "1g"; ntasks_per_node 1; extra "--x"
            }
            slurm_scheduler { account b }
            action {
                trigger_type on_jobs_ready
                action_type schedule_nodes
                job a
                jobs b c
                job_name_regexes "d.*"
                scheduler s
                scheduler_type slurm
                num_allocations 2
                start_one_worker_per_node #true
                max_parallel_jobs 4
                persistent #false
            }
            actions {
                trigger_type on_workflow_start
                action_type run_commands
                command "one"
                command "two"
                commands "three" "four"
            }
            """,
            """
            slurm_schedulers:
              - {name: s, account: a, nodes: 2, walltime: "04:00:00", partition: p, qos: q, mem: 8G, gres: "gpu:1", tmp: 1g, ntasks_per_node: 1, extra: --x}
              - {account: b}
            actions:
              - trigger_type: on_jobs_ready
                action_type: schedule_nodes
                jobs: [a, b, c]
                job_name_regexes: [d.*]
                scheduler: s
                scheduler_type: slurm
                num_allocations: 2
                start_one_worker_per_node: true
                max_parallel_jobs: 4
                persistent: false
              - {trigger_type: on_workflow_start, action_type: run_commands, commands: [one, two, three, four]}
            jobs: []
            """
        },
        {
            "a monitor, and what it does not know",
            """resource_monitor { enabled #true; granularity time_series; sample_interval_seconds 2; generate_plots #false; jobs { enabled #true } }""",
            """
            resource_monitor: {enabled: true, granularity: time_series, sample_interval_seconds: 2, generate_plots: false, jobs: {enabled: true}}
            jobs: []
            """
        },
        {
            "user data",
            """
            user_data "text" { is_ephemeral #true; data #"{"a": [1, 2.50, "x", null, true], "b": {}}"# }
            user_data "escaped" { data "{\"a\": 1}" }
            user_data "words" { data "no JSON at all" }
            user_data "number" { data "42" }
            user_data "itself" { data 42 }
            user_data "quoted" { data "\"42\"" }
            user_data "block" { data { a 1; b x y; c { d #null }; e { - 1; - { f 2 } } } }
            user_data "nothing" { data }
            user_data { data "[]" }
            user_data "expanding" data="{i}" { use_parameters i }
            """,
            """
            user_data:
              - {name: text, is_ephemeral: true, data: {a: [1, 2.50, x, null, true], b: {}}}
              - {name: escaped, data: {a: 1}}
              - {name: words, data: no JSON at all}
              - {name: number, data: 42}
              - {name: itself, data: 42}
              - {name: quoted, data: "42"}
              - {name: block, data: {a: 1, b: [x, y], c: {d: null}, e: [1, {f: 2}]}}
              - {name: nothing, data: null}
              - {data: []}
              - {name: expanding, data: "{i}", use_parameters: [i]}
            jobs: []
            """
        },
        {
            "metadata as JSON in a text, and as a block",
            """metadata "{\"a\": 1}" """,
            """
            metadata: "{\"a\": 1}"
            jobs: []
            """
        },
        {
            "metadata as a block",
            """metadata { grant "X-1"; years 2025 2026 }""",
            """
            metadata: {grant: X-1, years: [2025, 2026]}
            jobs: []
            """
        },
        {
            "keys that no spec has",
            """
            banana 1
            cherries 1 2
            job j { comand "a"; comand "b"; depend a=1 { b 2 } ; date }
            execution_config { mode direct; limit_resources #false }
            """,
            """
            banana: 1
            cherries: [1, 2]
            jobs: [{name: j, comand: a, depend: {a: 1, b: 2}, date: null}]
            execution_config: {mode: direct, limit_resources: false}
            """
        },
        {
            "numbers out of every range",
            """priority #inf; a #-inf; b #nan""",
            """
            priority: .inf
            a: -.inf
            b: .nan
            jobs: []
            """
        },
    };

    /// <summary>Mistakes in what the nodes say, marked where they are told.</summary>
    public static TheoryData<string, string, string> Mistakes() => new()
    {
        { "an equals sign after a value", "name «\"w\"» = 3", "TORC105 /name name has one value, no property" },
        { "an equals sign after a value that must be a number", "name w\njob a { command x; priority «\"3\"» = 4 }", "TORC105 /jobs/0/priority priority has one value, no property" },
        { "a block in place of a value", "name «{» w }", "TORC105 /name name has one value, no block" },
        { "the name of nothing", "«name»", "TORC105 /name name must have a value" },
        { "a value that is not there", "name w\njob a\njob b { «command»; priority 1 }", "TORC105 /jobs/1/command command must have a value" },
        { "two values", "name a «b»", "TORC105 /name name has one value, not 2" },
        { "three values", "job j { command echo «hello» world }", "TORC105 /jobs/0/command command has one value, not 3" },
        { "a property of a value", "job j { command echo «x»=1 }", "TORC105 /jobs/0/command command has one value, no property" },
        { "a block of a value", "name a «{» b }", "TORC105 /name name has one value, no block" },
        { "a value twice", "name a\n«name» b", "TORC103 /name the key \"name\" stands here twice: on line 1 and on line 2" },
        { "a value twice in a job", "job j {\n command a\n «command» b\n}", "TORC103 /jobs/0/command the key \"command\" stands here twice: on line 2 and on line 3" },
        { "a name twice", "job j {\n «name» k\n}", "TORC103 /jobs/0/name the key \"name\" stands here twice: on line 1 and on line 2" },
        { "a property and a node", "file f path=a { «path» b }", "TORC103 /files/0/path the key \"path\" stands here twice" },
        { "an older name and a newer one", "job j { scheduler a; «scheduler_name» b }", "TORC103 /jobs/0/scheduler the key \"scheduler\" stands here twice" },
        { "a block twice", "env { A 1 }\n«env» { B 2 }", "TORC103 /env the key \"env\" stands here twice: on line 1 and on line 2" },
        { "a variable twice", "env { A 1; «A» 2 }", "TORC103 /env/A the key \"A\" stands here twice" },
        { "a variable without a value", "env { «A» }", "TORC105 /env/A A must have a value" },
        { "a variable with two", "env { A 1 «2» }", "TORC105 /env/A A has one value, not 2" },
        { "a map with a value", "env «A» { B 1 }", "TORC105 /env env has no value of its own" },
        { "a parameter of objects", "parameters { i 1 2 «{» a } }", "TORC105 /parameters/i i has values only, no block" },
        { "a job with two names", "job a\njob b «c»", "TORC105 /jobs/1 job has one value, its name" },
        { "an action with a name", "action «a»", "TORC105 /actions/0 action has no value of its own" },
        { "a rule with values", "failure_handler h { rule; rule «10» 11 }", "TORC105 /failure_handlers/0/rules/1 rule has no value of its own" },
        { "a monitor with a value", "resource_monitor «true»", "TORC105 /resource_monitor resource_monitor has no value of its own" },
        { "a list with a property", "job j { depends_on a «b»=c }", "TORC105 /jobs/0/depends_on depends_on has values only, no property" },
        { "a list with a block", "job j { depends_on «{» - a } }", "TORC105 /jobs/0/depends_on depends_on has values only, no block" },
        { "data with a value and a block", "user_data d { data «1» { a 2 } }", "TORC105 /user_data/0/data data has either values or a block" },
        { "a key of data twice", "user_data d { data { a { b 1; «b» 2 } } }", "TORC103 /user_data/0/data/a/b the key \"b\" stands here twice" },
        { "a key of JSON twice", "user_data d { data «\"{\\\"a\\\": {\\\"b\\\": 1, \\\"b\\\": 2}}\"» }", "TORC103 /user_data/0/data/a/b the JSON in this text has a key twice" },
        { "almost JSON", "user_data d { data «#\"{\"a\": 1,}\"#» }", "TORC106 /user_data/0/data this looks like JSON and is kept as a text: JSON has no comma before \"}\"" },
        { "JSON that is too deep with the rest", $"user_data d {{ data «\"{new string('[', 62)}{new string(']', 62)}\"» }}", "TORC109 /user_data/0/data nested deeper than 64 levels" },
        { "nodes that are too deep with the rest", $"user_data d {{ data {string.Concat(Enumerable.Repeat("{ a ", 61))}«{{» b {new string('}', 63)}", "TORC109 " },
    };

    [Theory]
    [MemberData(nameof(Twins))]
    public void A_document_in_KDL_is_the_same_as_in_YAML(string what, string kdl, string yaml)
    {
        Assert.Equal(SpecTrees.Describe(Read(YamlNodeReader.Read, yaml)), SpecTrees.Describe(Read(KdlNodeReader.Read, kdl)));
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_diamond_is_the_same_as_in_YAML() =>
        Assert.Equal(SpecTrees.Describe(Read(YamlNodeReader.Read, DiamondInYaml)), SpecTrees.Describe(Read(KdlNodeReader.Read, Diamond)));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_has_one_problem_at_its_place(string what, string marked, string expected)
    {
        string text = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        int start = marked.IndexOf('«', StringComparison.Ordinal);
        int end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        var problems = new SpecProblems(new SpecText(text));

        var root = KdlNodeReader.Read(problems);

        Assert.NotNull(root);
        var problem = Assert.Single(problems.ToList());
        Assert.StartsWith(expected, $"{problem.Code} {problem.Path} {problem.Message}", StringComparison.Ordinal);
        Assert.Equal(problems.Text.Locate(new TextSpan(start, end)), (problem.Line!.Value, problem.Column!.Value, problem.EndColumn!.Value));
        Assert.NotEmpty(what);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var problems = new SpecProblems(new SpecText("name a b\njob { command }\njob x y\n"));

        KdlNodeReader.Read(problems);

        Assert.Equal(["1:8", "2:7", "3:7"], problems.ToList().Select(problem => string.Create(CultureInfo.InvariantCulture, $"{problem.Line}:{problem.Column}")));
    }

    [Fact]
    public void Only_broken_JSON_is_a_warning()
    {
        var problems = new SpecProblems(new SpecText("user_data d { data \"[1,\" }"));

        KdlNodeReader.Read(problems);

        Assert.Equal(Severity.Warning, Assert.Single(problems.ToList()).Severity);
        Assert.False(problems.HasErrors);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n // nothing\n")]
    [InlineData("/-name x")]
    public void A_document_without_nodes_is_nothing(string text) => Assert.Null(Read(KdlNodeReader.Read, text));

    [Fact]
    public void Keys_values_lists_and_objects_know_their_places()
    {
        const string text = "name w\n job j { input_file a; input_file b }\n user_data d { data \"[7]\" }";

        var root = (SpecNode.Mapping)Read(KdlNodeReader.Read, text)!;

        var name = root.Find("name")!.Value;
        Assert.Equal(("name", "w", "n"), (Marked(text, name.KeyAt), Marked(text, name.Value.At), Marked(text, root.At)));
        var jobs = root.Find("jobs")!.Value;
        Assert.Equal((8, 8), (jobs.KeyAt.Start, jobs.Value.At.Start));
        var job = (SpecNode.Mapping)((SpecNode.Sequence)jobs.Value).Items[0];
        Assert.Equal((8, "j", "j"), (job.At.Start, Marked(text, job.Find("name")!.Value.KeyAt), Marked(text, job.Find("name")!.Value.Value.At)));
        var inputs = job.Find("input_files")!.Value;
        Assert.Equal(("input_file", "i"), (Marked(text, inputs.KeyAt), Marked(text, inputs.Value.At)));
        Assert.Equal(["a", "b"], ((SpecNode.Sequence)inputs.Value).Items.Select(item => Marked(text, item.At)));
        var data = ((SpecNode.Mapping)((SpecNode.Sequence)root.Find("user_data")!.Value.Value).Items[0]).Find("data")!.Value.Value;
        Assert.Equal(["\"[7]\"", "\"[7]\""], new[] { data, ((SpecNode.Sequence)data).Items[0] }.Select(node => Marked(text, node.At)));
    }

    [Fact]
    public void Values_in_the_JSON_of_texts_count_like_others()
    {
        string data = $"user_data {{ data \"[{string.Join(',', Enumerable.Repeat('1', SpecLimits.Nodes / 2))}]\" }}\n";
        var problems = new SpecProblems(new SpecText(data + data + data));

        KdlNodeReader.Read(problems);

        var problem = Assert.Single(problems.ToList());
        Assert.Equal((DiagnosticCodes.Limit, 2, "/user_data/1/data"), (problem.Code, problem.Line, problem.Path));
    }

    [Fact]
    public void Every_prefix_of_a_document_is_read_or_refused()
    {
        for (int length = 0; length <= Diamond.Length; length++)
        {
            var problems = new SpecProblems(new SpecText(Diamond[..length]));

            var root = KdlNodeReader.Read(problems);

            Assert.True(root is not null || problems.HasErrors || !Diamond[..length].Contains("name", StringComparison.Ordinal));
        }
    }

    private static string Marked(string text, TextSpan at) => text[at.Start..at.End];

    private static SpecNode? Read(Func<SpecProblems, SpecNode?> read, string text)
    {
        var problems = new SpecProblems(new SpecText(text));

        var root = read(problems);

        Assert.Empty(problems.ToList());
        return root;
    }
}
