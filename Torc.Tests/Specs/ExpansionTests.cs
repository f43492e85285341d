using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Whole specs with parameters, and the jobs that they make.</summary>
public sealed class ExpansionTests
{
    [Fact]
    public void The_last_parameter_changes_fastest() => Assert.Equal(
        ["a_x_1: run", "a_x_2: run", "a_y_1: run", "a_y_2: run", "b_x_1: run", "b_x_2: run", "b_y_1: run", "b_y_2: run"],
        Reading.Jobs("""
            name: w
            jobs: [{name: "{p}_{q}_{i}", command: run, parameters: {p: "[a,b]", q: [x, y], i: "1:2"}}]
            """));

    [Fact]
    public void Copies_stand_where_their_entry_stands() => Assert.Equal(
        ["first: x", "w_2: x", "w_1: x", "last: x"],
        Reading.Jobs("""
            name: w
            jobs:
              - {name: first, command: x}
              - {name: "w_{i}", command: x, parameters: {i: "2:1:-1"}}
              - {name: last, command: x}
            """));

    [Fact]
    public void A_zip_takes_the_first_of_each_then_the_second_of_each() => Assert.Equal(
        ["1_a: run 0.5", "2_b: run 1", "3_c: run 1.5"],
        Reading.Jobs("""
            name: w
            jobs: [{name: "{i}_{p}", command: "run {x}", parameter_mode: zip, parameters: {i: "1:3", p: [a, b, c], x: "0.5:1.5:0.5"}}]
            """));

    [Fact]
    public void A_zip_of_unequal_lengths_names_both()
    {
        var problem = Assert.Single(Reading.OfYaml("""
            name: w
            jobs: [{name: "{i}_{p}", command: x, parameter_mode: zip, parameters: {i: "1:3", j: "1:3", p: [a]}}]
            """).Problems);

        Assert.Equal("TORC152 2:54", Reading.Place(problem));
        Assert.Equal("job \"{i}_{p}\" zips parameters of unequal length: \"i\" has 3 values and \"p\" has 1 value", problem.Message);
    }

    [Fact]
    public void Shared_parameters_apply_only_where_they_are_used_and_in_the_order_of_their_use() => Assert.Equal(
        ["plain: {i}", "b1: {j}", "b2: {j}", "x1: run", "x2: run", "y1: run", "y2: run"],
        Reading.Jobs("""
            name: w
            parameters: {i: "1:2", j: [x, y]}
            jobs:
              - {name: plain, command: "{i}"}
              - {name: "b{i}", command: "{j}", use_parameters: [i]}
              - {name: "{j}{i}", command: run, use_parameters: [j, i]}
            """));

    [Fact]
    public void Local_parameters_replace_all_shared_ones() => Assert.Equal(
        ["a7: {j}", "b: {i}", "c: {i}"],
        Reading.Jobs("""
            name: w
            parameters: {i: "1:2", j: [x, y]}
            jobs:
              - {name: "a{i}", command: "{j}", use_parameters: [i, j], parameters: {i: 7}}
              - {name: b, command: "{i}", use_parameters: [i, j], parameters: {}}
              - {name: c, command: "{i}", use_parameters: []}
            """));

    [Fact]
    public void Native_lists_keep_their_texts_and_read_their_numbers() => Assert.Equal(
        ["w1: 007", "w2: 7", "w3: 1:3", "w4: 0.5", "w5: true", "w6: [a]", "w7: 2"],
        Reading.Jobs("""
            name: w
            jobs: [{name: "w{i}", command: "{p}", parameter_mode: zip, parameters: {i: "1:7", p: ["007", 7, "1:3", 0.50, TRUE, "[a]", 2.0]}}]
            """));

    [Theory]
    [InlineData("5", "5")]
    [InlineData("0.50", "0.5")]
    [InlineData("True", "true")]
    [InlineData("fast", "fast")]
    public void One_native_value_is_one_copy(string value, string printed) => Assert.Equal(
        [$"w: {printed}"], Reading.Jobs($"{{name: w, jobs: [{{name: w, command: '{{p}}', parameters: {{p: {value}}}}}]}}"));

    [Fact]
    public void A_parameter_without_values_leaves_its_job_out_with_a_warning()
    {
        var reading = Reading.OfYaml("""
            name: w
            jobs: [{name: "w{i}{j}", command: x, parameters: {i: [], j: "1:3"}}, {name: a, command: x}]
            """);

        Assert.Equal(["TORC156 2:50"], Reading.Places(reading));
        Assert.Equal(["a"], reading.Definition!.Jobs.Select(job => job.Name));
    }

    /// <summary>Every key of a job in which parameters are replaced, and what it becomes for p = b.</summary>
    public static TheoryData<string, string> Fields() => new()
    {
        { "command: 'run {p}'", "run b" },
        { "invocation_script: 'wrap {p}'", "wrap b" },
        { "resource_requirements: 'r_{p}'", "r_b" },
        { "depends_on: ['j_{p}']", "j_b" },
        { "depends_on_regexes: ['^j_{p}$']", "j_b" },
        { "input_files: ['f_{p}']", "in f_b" },
        { "input_file_regexes: ['^f_{p}$']", "in f_b" },
        { "output_files: ['f_{p}']", "out f_b" },
        { "output_file_regexes: ['^f_{p}$']", "out f_b" },
        { "input_user_data: ['d_{p}']", "in d_b" },
        { "input_user_data_regexes: ['^d_{p}$']", "in d_b" },
        { "output_user_data: ['d_{p}']", "out d_b" },
        { "output_user_data_regexes: ['^d_{p}$']", "out d_b" },
        { "env: {A: 'v{p}'}", "A=vb" },
        { "command: 'cat ${files.input.f_{p}}'", "cat path_b in f_b" },
        { "command: 'cat ${files.output.f_{p}}'", "cat path_b out f_b" },
        { "command: 'cat ${datasets.input.s_{p}}'", "cat set_b" },
        { "command: 'cat ${datasets.output.s_{p}}'", "cat set_b" },
        { "command: 'cat ${user_data.input.d_{p}}'", "cat d_b in d_b" },
        { "command: 'cat ${user_data.output.d_{p}}'", "cat d_b out d_b" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Parameters_are_replaced_in_every_field_of_a_job(string field, string expected)
    {
        string command = field.StartsWith("command", StringComparison.Ordinal) ? "" : "command: '', ";

        var workflow = Reading.Definition($$"""
            name: w
            jobs:
              - {name: "w_{p}", {{command.Replace("''", "x", StringComparison.Ordinal)}}{{field}}, parameters: {p: [a, b] } }
              - {name: "j_{p}", command: x, parameters: {p: [a, b] } }
            files: [{name: "f_{p}", path: "path_{p}", parameters: {p: [a, b]} }]
            datasets: [{name: "s_{p}", path: "set_{p}", parameters: {p: [a, b]} }]
            user_data: [{name: "d_{p}", parameters: {p: [a, b]} }]
            resource_requirements: [{name: r_a, num_cpus: 1, memory: 1g}, {name: r_b, num_cpus: 1, memory: 1g}]
            """);

        var job = workflow.Jobs[1];
        string[] parts =
        [
            job.Command is "x" ? "" : job.Command,
            job.InvocationScript ?? "",
            job.RequirementsName ?? "",
            .. job.InputFiles.Concat(job.OutputFiles).Any() ? [] : Reading.Names(workflow, workflow.Graph.BlockersOf(1).ToArray()),
            .. job.InputFiles.Select(file => $"in {workflow.Files[file].Name}"),
            .. job.OutputFiles.Select(file => $"out {workflow.Files[file].Name}"),
            .. job.InputData.Select(data => $"in {workflow.UserData[data].Name}"),
            .. job.OutputData.Select(data => $"out {workflow.UserData[data].Name}"),
            .. job.Env.Select(variable => $"{variable.Key}={variable.Value}"),
        ];
        Assert.Equal(expected, string.Join(' ', parts.Where(part => part.Length > 0)));
    }

    [Fact]
    public void Parameters_are_replaced_in_the_names_of_handlers_and_schedulers()
    {
        string text = """
            name: w
            jobs: [{name: "w_{p}", command: x, failure_handler: "h_{p}", scheduler: "s_{p}", parameters: {p: [a, b]}}]
            failure_handlers: [{name: h_a, rules: []}, {name: h_b, rules: []}]
            slurm_schedulers: [{name: s_a, account: x}, {name: s_b, account: x}]
            """;

        Assert.DoesNotContain(Reading.OfYaml(text).Problems, problem => problem.Code is not DiagnosticCodes.KeyWithoutEffect);
        Assert.Equal(
            ["TORC131 2:53", "TORC132 2:73"],
            Reading.Errors(Reading.OfYaml(text.Replace("h_b,", "h_c,", StringComparison.Ordinal).Replace("s_b,", "s_c,", StringComparison.Ordinal))));
    }

    [Fact]
    public void Names_paths_and_data_of_files_and_user_data_are_filled_and_keys_are_not()
    {
        var workflow = Reading.Definition("""
            name: w
            parameters: {i: "1:2"}
            jobs: [{name: j, command: x, input_file_regexes: [f]}]
            files:
              - {name: "f_{i}", path: "in/{i:03d}.txt", use_parameters: [i]}
              - {name: "g{a}{f}", path: "{f}", parameter_mode: zip, parameters: {a: [1, 2], f: [p, q]}}
              - {name: fixed, path: "{i}"}
            user_data:
              - {name: "d_{i}", data: {"{i}": ["{i}", 1.50, {a: "x{i:02d}"}], n: null}, is_ephemeral: true, use_parameters: [i]}
            """);

        Assert.Equal(
            ["f_1: in/001.txt", "f_2: in/002.txt", "g1p: p", "g2q: q", "fixed: {i}"], workflow.Files.Select(file => $"{file.Name}: {file.Path}"));
        Assert.Equal(
            ["""d_1: {"{i}":["1",1.50,{"a":"x01"}],"n":null}""", """d_2: {"{i}":["2",1.50,{"a":"x02"}],"n":null}"""],
            workflow.UserData.Select(data => $"{data.Name}: {data.Data}"));
        Assert.All(workflow.UserData, data => Assert.True(data.IsEphemeral));
    }

    [Fact]
    public void A_value_in_a_regular_expression_stands_for_itself()
    {
        var workflow = Reading.Definition("""
            name: w
            jobs:
              - {name: "after_{v}", command: x, depends_on_regexes: ["^v{v}_"], parameters: {v: ["0.1", "a.b-c d"]}}
              - {name: v0.1_x, command: x}
              - {name: v0x1_x, command: x}
              - {name: va.b-c d_x, command: x}
            """);

        Assert.Equal([["v0.1_x"], ["va.b-c d_x"]], new[] { 0, 1 }.Select(job => Reading.Names(workflow, workflow.Graph.BlockersOf(job).ToArray())));
    }

    [Fact]
    public void A_pattern_of_inputs_leaves_out_what_the_job_produces_itself()
    {
        var workflow = Reading.Definition("""
            name: w
            jobs:
              - {name: a, command: "x ${files.output.f2}", input_file_regexes: [^f], output_file_regexes: [^f3], input_user_data_regexes: [d], output_user_data: [d2]}
            files: [{name: f1, path: "1"}, {name: f2, path: "2"}, {name: f3, path: "3"}]
            user_data: [{name: d1}, {name: d2}]
            """);

        Assert.Equal([[0], [1, 2], [0], [1]], new[] { workflow.Jobs[0].InputFiles, workflow.Jobs[0].OutputFiles, workflow.Jobs[0].InputData, workflow.Jobs[0].OutputData });
    }

    [Fact]
    public void Copies_of_one_name_become_one_job_that_waits_for_all()
    {
        var workflow = Reading.Definition("""
            name: w
            parameters: {i: "1:3", q: [x, y]}
            jobs:
              - {name: "train_{i}_{q}", command: "run {i}", output_files: ["m_{i}_{q}"], use_parameters: [i, q]}
              - {name: other, command: x}
              - name: collect
                command: collect
                depends_on: ["train_{i}_{q}", other]
                depends_on_regexes: ["^train_{i}_"]
                input_files: ["m_{i}_{q}"]
                input_file_regexes: ["^e_{i}$"]
                use_parameters: [i, q]
            files:
              - {name: "m_{i}_{q}", path: "m_{i}_{q}", use_parameters: [i, q]}
              - {name: "e_{i}", path: "e_{i}", use_parameters: [i]}
            """);

        var collect = workflow.Jobs[^1];
        Assert.Equal(8, workflow.Jobs.Count);
        Assert.Equal("collect", collect.Name);
        Assert.Equal(["train_1_x", "train_1_y", "train_2_x", "train_2_y", "train_3_x", "train_3_y", "other"], Reading.Names(workflow, workflow.Graph.BlockersOf(7).ToArray()));
        Assert.Equal(["m_1_x", "m_1_y", "m_2_x", "m_2_y", "m_3_x", "m_3_y", "e_1", "e_2", "e_3"], collect.InputFiles.Select(file => workflow.Files[file].Name));
    }

    /// <summary>What copies of one name may not have each for itself: the key, and what the message shows.</summary>
    public static TheoryData<string, string> Differences() => new()
    {
        { "command: «run {i}»", "command: \"run 1\" with i=1, \"run 2\" with i=2" },
        { "command: run, invocation_script: «s{i}»", "invocation_script: \"s1\" with i=1, \"s2\" with i=2" },
        { "command: run, resource_requirements: «r{i}»", "resource_requirements: \"r1\" with i=1, \"r2\" with i=2" },
        { "command: run, failure_handler: «h{i}»", "failure_handler: \"h1\" with i=1, \"h2\" with i=2" },
        { "command: run, scheduler: «s{i}»", "scheduler: \"s1\" with i=1, \"s2\" with i=2" },
        { "command: run, output_files: [«f{i}»]", "output_files: \"f1\" with i=1, \"f2\" with i=2" },
        { "command: run, output_file_regexes: [«f{i}»]", "output_file_regexes: \"f1\" with i=1, \"f2\" with i=2" },
        { "command: run, input_user_data: [«d{i}»]", "input_user_data: \"d1\" with i=1, \"d2\" with i=2" },
        { "command: run, input_user_data_regexes: [«d{i}»]", "input_user_data_regexes: \"d1\" with i=1, \"d2\" with i=2" },
        { "command: run, output_user_data: [«d{i}»]", "output_user_data: \"d1\" with i=1, \"d2\" with i=2" },
        { "command: run, output_user_data_regexes: [«d{i}»]", "output_user_data_regexes: \"d1\" with i=1, \"d2\" with i=2" },
        { "command: run, env: {A: «v{i}»}", "env: \"v1\" with i=1, \"v2\" with i=2" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Copies_of_one_name_that_differ_elsewhere_are_an_error_that_shows_it(string marked, string expected)
    {
        string field = marked.Replace('«', '"').Replace('»', '"');
        int column = "  - {name: fan, ".Length + marked.IndexOf('«', StringComparison.Ordinal) + 1;

        var reading = Reading.OfYaml($$"""
            name: w
            jobs:
              - {name: fan, {{field}}, parameters: {i: "1:2"} }
            files: [{name: "f{i}", path: "f{i}", parameters: {i: "1:2"} }]
            user_data: [{name: "d{i}", parameters: {i: "1:2"} }]
            resource_requirements: [{name: r1, num_cpus: 1, memory: 1g}, {name: r2, num_cpus: 1, memory: 1g}]
            failure_handlers: [{name: h1, rules: []}]
            slurm_schedulers: [{name: s1, account: a}]
            """);

        var problem = Assert.Single(reading.Problems, problem => problem is { Severity: Severity.Error, Code: not DiagnosticCodes.More });
        Assert.Equal($"TORC154 3:{column}", Reading.Place(problem));
        Assert.Equal($"two copies of job \"fan\" have the name \"fan\" and differ in {expected}", problem.Message);
    }

    [Fact]
    public void Equal_values_twice_are_no_fan_in()
    {
        var problem = Assert.Single(Reading.OfYaml("""
            name: w
            jobs:
              - {name: "w_{i}", command: x, parameters: {i: [1, 1], q: [a, b]}, parameter_mode: zip}
              - {name: "v_{i}_{q}", command: x, parameters: {q: [a], i: [1, 2, 1]}}
            """).Problems, problem => problem.Line == 4);

        Assert.Equal("TORC116 4:12", Reading.Place(problem));
        Assert.Equal("job \"v_{i}_{q}\" is made twice as \"v_1_a\": both times with q=a, i=1", problem.Message);
    }

    [Fact]
    public void Copies_whose_values_only_print_alike_when_they_are_listed_are_still_one_job() => Assert.Equal(
        ["fan: x"],
        Reading.Jobs("""
            name: w
            jobs: [{name: fan, command: x, parameter_mode: zip, parameters: {a: ["p, b=q", p], b: [r, "q, b=r"]}}]
            """));

    [Fact]
    public void Copies_of_different_entries_never_become_one_job() => Assert.Equal(
        ["TORC116 4:12"],
        Reading.Errors(Reading.OfYaml("""
            name: w
            jobs:
              - {name: "w_{i}", command: x, parameters: {i: "1:3"}}
              - {name: "w_{i}", command: x, parameters: {i: "3:4"}}
            """)));

    [Fact]
    public void Files_and_user_data_of_one_name_are_one_if_they_are_alike()
    {
        string text = """
            name: w
            jobs: [{name: j, command: x, input_files: [f]}]
            files: [{name: f, path: "p", parameters: {i: "1:3"}}]
            user_data: [{name: d, data: {a: [1]}, parameters: {i: "1:3"}}]
            """;

        var workflow = Reading.Definition(text);
        var errors = Reading.OfYaml(text.Replace("\"p\"", "\"p{i}\"", StringComparison.Ordinal).Replace("[1]", "\"x{i}\"", StringComparison.Ordinal)).Problems;

        Assert.Equal((1, 1), (workflow.Files.Count, workflow.UserData.Count));
        Assert.Equal(
            [
                "TORC154 3:25 two copies of file \"f\" have the name \"f\" and differ in path: \"p1\" with i=1, \"p2\" with i=2",
                "TORC154 4:29 two copies of user data \"d\" have the name \"d\" and differ in data: \"{\"a\":\"x1\"}\" with i=1, \"{\"a\":\"x2\"}\" with i=2",
            ],
            errors.Where(problem => problem.Code is not DiagnosticCodes.More).Select(problem => $"{Reading.Place(problem)} {problem.Message}"));
    }

    [Fact]
    public void A_thousand_wrong_copies_are_told_once_for_each_place()
    {
        var problems = Reading.OfYaml("""
            name: w
            parameters: {i: "1:1000"}
            jobs:
              - {name: "a/{i}", command: "${files.input.no_{i}}", depends_on: ["no_{i}"], input_files: ["no_{i}"], depends_on_regexes: ["^no_{i}"], use_parameters: [i]}
              - {name: "b_{i}", command: x, resource_requirements: "no_{i}", failure_handler: "no_{i}", scheduler: "no_{i}", output_files: [f], use_parameters: [i]}
            files:
              - {name: f, path: f}
              - {name: "unused_{i}", path: "C:\\{i}", use_parameters: [i]}
            """).Problems;

        Assert.Equal(
            [
                "TORC121 4:12", "TORC112 4:30", "TORC114 4:68", "TORC112 4:93", "TORC134 4:125", "TORC115 5:56", "TORC131 5:83",
                "TORC132 5:104", "TORC110 5:129", "TORC126 8:12", "TORC162 8:32",
            ],
            problems.Select(Reading.Place));
    }

    [Theory]
    [InlineData("parameters: {i: \"5:1\"}", "TORC151 2:17")]
    [InlineData("parameters: {i: ~}", "TORC105 2:17")]
    [InlineData("parameters: {i: {a: b}}", "TORC105 2:17")]
    [InlineData("parameters: [i]", "TORC105 2:13")]
    [InlineData("parameters: {i: \"1:9999999\"}", "TORC151 2:17")]
    [InlineData("parameters: {i: \"@x\"}", "TORC151 2:17")]
    public void A_broken_parameter_is_told_once_and_nothing_that_follows_from_it(string parameters, string place) => Assert.Equal(
        [place],
        Reading.Places(Reading.OfYaml($$$"""
            name: w
            {{{parameters}}}
            jobs:
              - {name: "w_{i}", command: "x ${files.output.f_{i}} ", output_user_data: ["d_{i}"], resource_requirements: r, use_parameters: [i]}
              - {name: after, command: x, depends_on: [w_1], depends_on_regexes: ["^w"], input_files: [f_1], input_user_data_regexes: [d], input_user_data: [d_1]}
            files: [{name: "f_{i}", path: "f_{i}", use_parameters: [i]}, {name: g, path: g}]
            user_data: [{name: "d_{i}", use_parameters: [i]}]
            resource_requirements: [{name: r, num_cpus: 1, memory: 1g}]
            """)));

    [Theory]
    [InlineData("use_parameters: i", "TORC105 3:72")]
    [InlineData("use_parameters: [1]", "TORC105 3:73")]
    [InlineData("use_parameters: [i, 1]", "TORC105 3:76")]
    [InlineData("use_parameters: [i, jj]", "TORC153 3:76")]
    [InlineData("parameters: {i: \"1:2:0\"}", "TORC151 3:72")]
    [InlineData("parameters: 3", "TORC105 3:68")]
    [InlineData("parameters: {i: [1, [2]]}", "TORC105 3:76")]
    public void Broken_use_of_parameters_is_told_once_too(string use, string place) => Assert.Equal(
        [place],
        Reading.Places(Reading.OfYaml($$"""
            name: w
            parameters: {i: "1:2", j: "1:2"}
            jobs: [{name: "w_{i}{j}", command: "${files.input.f}", {{use}} }, {name: after, command: x, depends_on: [w_11]}]
            files: [{name: f, path: f}]
            """)));

    [Fact]
    public void A_million_copies_are_a_workflow_and_one_more_is_not()
    {
        const string Text = """
            name: w
            jobs: [{name: "w{i}", command: x, parameters: {i: "1:1000", j: "1:1000"}}, {name: a, command: x}]
            """;

        var tooMany = Assert.Single(Reading.OfYaml(Text.Replace("j: \"1:1000\"", "j: \"0:1000\"", StringComparison.Ordinal)).Problems);
        var oneMore = Assert.Single(Reading.OfYaml(Text.Replace("name: a,", "name: \"a{i}\", parameters: {i: \"1:1000000\"},", StringComparison.Ordinal).Replace(
            "w{i}", "w", StringComparison.Ordinal).Replace("j: \"1:1000\"", "j: 1", StringComparison.Ordinal)).Problems, problem => problem.Severity == Severity.Error);

        Assert.Equal(1, Reading.OfYaml("{name: w, jobs: [{name: fan, command: x, parameters: {i: '1:1000000'}}]}").Counts!.Jobs);
        Assert.Equal("the parameters of job \"w{i}\" make 1,001,000 copies; there can be 1,000,000", tooMany.Message);
        Assert.Equal("TORC109 2:47", Reading.Place(tooMany));
        Assert.Equal("with job \"a{i}\" there are more than 1,000,000 jobs", oneMore.Message);
    }

    [Fact]
    public void Files_have_the_same_limit() => Assert.Equal(
        "with file \"g{i}\" there are more than 1,000,000 of its kind",
        Assert.Single(
            Reading.OfYaml("""
                name: w
                jobs: []
                files: [{name: f, path: f}, {name: "g{i}", path: g, parameters: {i: "1:1000000"}}]
                """).Problems,
            problem => problem.Severity == Severity.Error).Message);

    [Fact]
    public void A_countless_product_is_refused_without_counting() => Assert.Equal(
        "the parameters of job \"w\" make countless copies; there can be 1,000,000",
        Assert.Single(Reading.OfYaml($$"""
            name: w
            jobs: [{name: w, command: x, parameters: { {{string.Join(", ", Enumerable.Range(0, 20).Select(number => $"p{number}: \"1:1000000\""))}} } }]
            """).Problems).Message);

    [Fact]
    public void A_thousand_parameters_of_a_million_values_cost_nothing()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var reading = Reading.OfYaml($"name: w\njobs: []\nparameters: {{{string.Join(", ", Enumerable.Range(0, 1_000).Select(number => $"p{number}: \"1:1000000\""))}}}\n");

        Assert.Empty(reading.Problems);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
    }

    [Fact]
    public void Copies_and_parameters_together_have_a_limit() => Assert.Equal(
        "1,000,000 copies of job \"w{i}\" with 101 parameters have more than 10,000,000 values",
        Assert.Single(Reading.OfYaml($$"""
            name: w
            jobs: [{name: "w{i}", command: x, parameters: {i: "1:1000000", {{string.Join(", ", Enumerable.Range(0, 100).Select(number => $"p{number}: 1"))}} } }]
            """).Problems).Message);

    [Fact]
    public void More_than_a_hundred_thousand_copies_are_worth_a_hint() => Assert.Equal(
        "the parameters of job \"w{i}\" make 100,001 copies",
        Assert.Single(Reading.OfYaml("{name: w, jobs: [{name: 'w{i}', command: x, parameters: {i: '0:100000'}}]}").Problems).Message);

    [Fact]
    public void A_NUL_that_a_parameter_brings_is_refused_wherever_it_goes() => Assert.Equal(
        Enumerable.Repeat(DiagnosticCodes.BadText, 3),
        Reading.OfJson(
            """{"name": "w", "jobs": [{"name": "j", "command": "x{p}", "env": {"A": "{p}"}, "parameters": {"p": ["\u0000"]}}], "files": [{"name": "f", "path": "{p}", "parameters": {"p": ["\u0000"]}}]}""")
            .Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Code));

    [Fact]
    public void Commands_that_become_too_long_are_refused()
    {
        string path = new('p', 4_000);
        string command = string.Concat(Enumerable.Repeat("${files.input.f}", 100));

        var problem = Assert.Single(Reading.OfYaml($"name: w\njobs: [{{name: j, command: '{command}'}}]\nfiles: [{{name: f, path: {path}}}]\n").Problems);

        Assert.Equal("TORC109 2:27", Reading.Place(problem));
        Assert.StartsWith("a command of job \"j\", with its paths, is longer than 128 KiB", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+1.0", "1")]
    [InlineData("5.", "5")]
    [InlineData("True", "true")]
    [InlineData(".5", "0.5")]
    [InlineData("\"1:3\"", "001")]
    public void What_is_written_makes_the_same_copies(string value, string printed)
    {
        var reading = Reading.OfYaml($"{{name: w, jobs: [{{name: 'w{{i:03d}}', command: x, parameters: {{i: {value}}}}}]}}");

        var again = Reading.OfJson(reading.Write(SpecNotation.Json)!);

        Assert.Equal($"w{printed}", reading.Definition!.Jobs[0].Name);
        Assert.Equal(reading.Definition.Jobs.Select(job => job.Name), again.Definition!.Jobs.Select(job => job.Name));
    }

    [Theory]
    [InlineData("0x1F")]
    [InlineData("0o7")]
    [InlineData(".inf")]
    [InlineData("010")]
    public void Numbers_that_JSON_cannot_hold_are_written_as_they_are_where_nobody_reads_them(string number)
    {
        var reading = Reading.OfYaml($"{{name: w, jobs: [], user_data: [{{name: , data: [{number}]}}]}}");

        string written = reading.Write(SpecNotation.Json)!;

        Assert.Equal(["TORC126"], reading.Problems.Select(problem => problem.Code));
        Assert.Equal(written, Reading.OfJson(written).Write(SpecNotation.Json));
    }

    [Fact]
    public void Copies_share_what_none_of_them_changes()
    {
        var jobs = Reading.Definition("""
            name: w
            env: {A: "1", B: "1"}
            jobs: [{name: "j{i}", command: x, env: {A: "2"}, parameters: {i: "1:2"}}, {name: "k{i}", command: x, env: {A: "{i}"}, parameters: {i: "1:2"}}]
            """).Jobs;

        Assert.Same(jobs[0].Env, jobs[1].Env);
        Assert.Equal(["A=1 B=1", "A=2 B=1"], jobs.Skip(2).Select(job => string.Join(' ', job.Env.OrderBy(variable => variable.Key).Select(variable => $"{variable.Key}={variable.Value}"))));
    }
}
