using Torc.Shared.Quantities;
using Torc.Shared.Specs.Editing;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class NeedsEditorTests
{
    private static readonly MemorySize More = MemorySize.Mebibytes(450);

    [Fact]
    public void A_value_of_the_jobs_own_is_all_that_changes()
    {
        const string spec = """
            # Kept as it is.
            jobs:
              - {name: work1, command: "true", resource_requirements: {num_cpus: 1, memory: 200m}}
              - name: work2
                command: "true"
                resource_requirements: {memory: '200m', num_cpus: 1}   # too little
            name: diamond
            """;

        var done = Done(spec, "a.yaml", new NeedsChange("work2", More, null));

        Assert.Equal(spec.Replace("'200m'", "'450m'", StringComparison.Ordinal), done.Text);
        Assert.Equal(
            ["6-     resource_requirements: {memory: '200m', num_cpus: 1}   # too little", "6+     resource_requirements: {memory: '450m', num_cpus: 1}   # too little"],
            Lines(done));
    }

    [Fact]
    public void A_class_that_no_other_job_names_is_changed_itself()
    {
        const string spec = """
            {"name": "w", "jobs": [{"name": "a", "command": "true", "resource_requirements": "small"}, {"name": "b", "command": "true", "resource_requirements": "large"}],
             "resource_requirements": [
               {"name": "small", "num_cpus": 1, "memory": "256m"},
               {"name": "large", "num_cpus": 1, "memory": "512m", "runtime": "PT5M"}]}
            """;

        var done = Done(spec, "a.json", new NeedsChange("b", MemorySize.Gibibytes(1), TimeSpan.FromMinutes(7.5)));

        Assert.Equal(spec.Replace("\"512m\", \"runtime\": \"PT5M\"", "\"1g\", \"runtime\": \"PT7M30S\"", StringComparison.Ordinal), done.Text);
    }

    [Fact]
    public void A_class_whose_jobs_are_all_to_have_other_CPUs_is_changed_itself()
    {
        const string spec = """
            name: w
            jobs: [{name: a, command: "true", resource_requirements: wide}, {name: b, command: "true", resource_requirements: wide}]
            resource_requirements: [{name: wide, memory: 1g, num_cpus: 8}]   # as the cluster has them
            """;

        var done = Done(spec, "a.yaml", new NeedsChange("a", null, null, 2), new NeedsChange("b", null, null, 2));

        Assert.Equal(spec.Replace("num_cpus: 8", "num_cpus: 2", StringComparison.Ordinal), done.Text);
    }

    [Fact]
    public void A_class_that_others_name_too_stays_and_the_job_gets_requirements_of_its_own()
    {
        string spec = File.ReadAllText(Repository.PathTo("samples", "diamond", "diamond.json"));

        var done = Done(spec, "diamond.json", new NeedsChange("work2", MemorySize.Mebibytes(768), null));

        Assert.Equal(
            ["19-       \"resource_requirements\": \"medium\"", "19+       \"resource_requirements\": { \"num_cpus\": 1, \"memory\": \"768m\", \"runtime\": \"PT5M\" }"],
            Lines(done));
        Assert.Equal(MemorySize.Mebibytes(512), done.Reading.Definition!.Jobs[1].Needs.Memory);
        Assert.Equal(MemorySize.Mebibytes(768), done.Reading.Definition!.Jobs[2].Needs.Memory);
    }

    [Fact]
    public void A_class_is_changed_itself_if_all_who_name_it_are_to_ask_for_the_same()
    {
        string spec = File.ReadAllText(Repository.PathTo("samples", "diamond", "diamond.json"));

        var done = Done(spec, "diamond.json", new NeedsChange("work1", MemorySize.Mebibytes(768), null), new NeedsChange("work2", MemorySize.Mebibytes(768), null));

        Assert.Equal(spec.Replace("\"512m\"", "\"768m\"", StringComparison.Ordinal), done.Text);
    }

    [Theory]
    [InlineData("a.json", "{\n  \"name\": \"w\",\n  \"jobs\": [\n    {\n      \"name\": \"a\",\n      \"command\": \"true\"\n    }\n  ]\n}", "6+       \"resource_requirements\": {\"num_cpus\": 1, \"memory\": \"450m\"},")]
    [InlineData("a.json5", "{name: 'w', jobs: [{name: 'a', command: 'true'}]}", "1- {name: 'w', jobs: [{name: 'a', command: 'true'}]}|1+ {name: 'w', jobs: [{name: 'a', resource_requirements: {num_cpus: 1, memory: '450m'}, command: 'true'}]}")]
    [InlineData("a.yaml", "name: w\njobs:\n- name: a\n  command: |\n    true\n", "4+   resource_requirements: {num_cpus: 1, memory: 450m}")]
    [InlineData("a.yaml", "name: w\r\njobs:\r\n- command: 'true'\r\n  name: a\r\n", "4+   resource_requirements: {num_cpus: 1, memory: 450m}")]
    [InlineData("a.kdl", "name \"w\"\njob \"a\" {\n    command \"true\"\n}\n", "3+     resource_requirements { num_cpus 1; memory \"450m\" }")]
    public void A_job_that_asks_for_nothing_so_far_gets_a_place_for_it(string file, string spec, string lines)
    {
        var done = Done(spec, file, new NeedsChange("a", More, null));

        Assert.Equal(lines.Split('|'), Lines(done));
        Assert.Equal(More, done.Reading.Definition!.Jobs[0].Needs.Memory);
        Assert.Equal(spec.Contains('\r', StringComparison.Ordinal), done.Text.Contains("450m}\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_runtime_gets_a_place_where_there_was_none()
    {
        const string spec = """
            name "w"
            job "a" {
                command "true"
                resource_requirements small
            }
            resource_requirements small { num_cpus 1; memory "256m" }
            """;

        var done = Done(spec, "a.kdl", new NeedsChange("a", null, TimeSpan.FromHours(2)));

        Assert.Equal(["6- resource_requirements small { num_cpus 1; memory \"256m\" }", "6+ resource_requirements small { num_cpus 1; runtime \"PT2H\"; memory \"256m\" }"], Lines(done));
    }

    [Fact]
    public void Jobs_of_one_entry_change_together()
    {
        const string spec = "name: w\njobs: [{name: 'sim_{i}', command: 'true', parameters: {i: '1:3'}, resource_requirements: {num_cpus: 1, memory: 100m}}]";

        var done = Done(spec, "a.yaml", new NeedsChange("sim_2", More, null));

        Assert.All(done.Reading.Definition!.Jobs, job => Assert.Equal(More, job.Needs.Memory));
        Assert.Equal(
            "sim_1 and sim_2 come from one entry of the spec, so that they ask for the same.",
            Refusal(spec, "a.yaml", new NeedsChange("sim_1", More, null), new NeedsChange("sim_2", MemorySize.Gibibytes(1), null)));
    }

    [Fact]
    public void What_would_change_other_jobs_too_is_refused()
    {
        const string spec = """
            name: w
            jobs:
              - {name: a, command: "true", resource_requirements: &own {num_cpus: 1, memory: 100m}}
              - {name: b, command: "true", resource_requirements: *own}
            """;

        Assert.StartsWith("What stands in line 3 is used in several places", Refusal(spec, "a.yaml", new NeedsChange("a", More, null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt", "true\n", "A file of commands has no place")]
    [InlineData("a.yaml", "name: w\njobs: [{name: a, command: 'true'}, {name: a, command: 'true'}]", "The text of this spec has errors")]
    [InlineData("a.yaml", "name: w\njobs: [{name: b, command: 'true'}]", "The spec has no job \"a\".")]
    public void What_cannot_be_edited_is_refused_in_words(string file, string spec, string why) =>
        Assert.StartsWith(why, Refusal(spec, file, new NeedsChange("a", More, null)), StringComparison.Ordinal);

    [Fact]
    public void Runtime_alone_is_no_requirement()
    {
        string why = Refusal("name: w\njobs: [{name: a, command: 'true'}]", "a.yaml", new NeedsChange("a", null, TimeSpan.FromHours(2)));

        Assert.Equal("a asks for no memory so far, and whoever asks for something asks for memory too: say how much.", why);
    }

    [Fact]
    public void Actions_stay_as_they_are()
    {
        const string spec = """
            name: w
            jobs: [{name: a, command: 'true', resource_requirements: {num_cpus: 1, memory: 200m}}]
            actions: [{trigger_type: on_workflow_start, action_type: run_commands, commands: ['true']}]
            """;

        Assert.Equal(spec.Replace("200m", "450m", StringComparison.Ordinal), Done(spec, "a.yaml", new NeedsChange("a", More, null)).Text);
        Assert.Equal(
            "\"on_workflow_start\" is an action: it asks for what every job gets that names nothing.",
            Refusal(spec, "a.yaml", new NeedsChange("on_workflow_start", More, null)));
    }

    [Fact]
    public void What_is_so_already_changes_nothing()
    {
        const string spec = "name: w\njobs: [{name: a, command: 'true', resource_requirements: {num_cpus: 1, memory: 0.5g}}]";

        var done = Done(spec, "a.yaml", new NeedsChange("a", MemorySize.Mebibytes(512), null));

        Assert.Equal(spec, done.Text);
        Assert.Empty(done.Lines);
    }

    [Fact]
    public void Of_a_spec_on_one_line_only_the_surroundings_are_shown()
    {
        string jobs = string.Join(", ", Enumerable.Range(1, 1000).Select(job => $$"""{"name": "job{{job}}", "command": "true", "resource_requirements": {"num_cpus": 1, "memory": "{{job}}m"} }"""));

        var done = Done($$"""{"name": "w", "jobs": [{{jobs}}]}""", "a.json", new NeedsChange("job500", More, null));

        Assert.All(done.Lines, line => Assert.InRange(line.Text.Length, 100, 302));
        Assert.Contains("\"450m\"", done.Lines[1].Text, StringComparison.Ordinal);
    }

    private static SpecEdit.Done Done(string spec, string file, params IReadOnlyList<NeedsChange> changes) => Assert.IsType<SpecEdit.Done>(NeedsEditor.Edit(spec, file, changes));

    private static string Refusal(string spec, string file, params IReadOnlyList<NeedsChange> changes) => Assert.IsType<SpecEdit.Refused>(NeedsEditor.Edit(spec, file, changes)).Why;

    private static IEnumerable<string> Lines(SpecEdit.Done done) => done.Lines.Select(line => $"{line.Line}{(line.IsAdded ? '+' : '-')} {line.Text}");
}
