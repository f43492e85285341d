using System.Text.Json;
using Torc.Shared.Specs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary><c>torc check</c>, <c>convert</c>, <c>schema</c> and <c>export</c> as a person types them.</summary>
public sealed class CheckTests
{
    private const string Loop = """
        name: loop
        jobs:
          - {name: a, command: "true", depends_on: [b]}
          - {name: b, command: "true", depends_on: [a]}
        """;

    [Fact]
    public async Task A_good_spec_is_counted_and_nothing_is_started()
    {
        await using var site = Site.Empty();

        var (exitCode, output) = await site.TorcAsync("check", Repository.PathTo("samples", "diamond", "diamond.json"));

        Assert.Equal(0, exitCode);
        foreach (string line in (string[])["jobs       4", "files      6", "edges      4 (0 explicit, 4 from files and user data)", "depth      3", "roots      1", "problems   0"])
        {
            Assert.Contains(line, output, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(site.Data.Path));
    }

    [Fact]
    public async Task One_json_document_has_the_counts_and_the_problems_with_all_their_keys()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "typo.yaml", "name: typo\njobs:\n  - {name: a, command: x, input_files: [f]}\n  - {name: b, command: x, ouput_files: [f]}\nfiles: [{name: f, path: f.txt}]\n");

        var (exitCode, output) = await site.TorcAsync("check", "--json", "typo.yaml");

        Assert.Equal(8, exitCode);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal("typo", root.GetProperty("name").GetString());
        Assert.Equal((2, 1, 0), (Number(root, "jobs"), Number(root, "files"), Number(root, "user_data")));
        Assert.Equal((0, 0), (Number(root.GetProperty("edges"), "explicit"), Number(root.GetProperty("edges"), "implicit")));
        Assert.Equal((1, 2), (Number(root, "depth"), Number(root, "roots")));
        var problems = root.GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal(["TORC101", "TORC120"], problems.Select(problem => problem.GetProperty("code").GetString()));
        Assert.Equal(["error", "warning"], problems.Select(problem => problem.GetProperty("severity").GetString()));
        Assert.Equal("/jobs/1/ouput_files", problems[0].GetProperty("path").GetString());
        Assert.Equal((4, 27, 38), (Number(problems[0], "line"), Number(problems[0], "column"), Number(problems[0], "end_column")));
        Assert.Equal("did you mean \"output_files\"?", problems[0].GetProperty("help").GetString());
    }

    [Fact]
    public async Task Counts_are_null_when_the_graph_cannot_be_built()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "loop.yaml", Loop);

        var (exitCode, output) = await site.TorcAsync("check", "--json", "loop.yaml");

        Assert.Equal(8, exitCode);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.All((string[])["name", "jobs", "files", "user_data", "depth", "roots"], key => Assert.Equal(JsonValueKind.Null, root.GetProperty(key).ValueKind));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("edges").GetProperty("explicit").ValueKind);
        Assert.Equal("TORC111", root.GetProperty("problems")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_missing_input_is_a_warning_unless_files_are_to_be_there()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "spec.yaml", "{name: x, jobs: [{name: a, command: 'cat in', input_files: [in]}], files: [{name: in, path: in.txt}]}");

        var loose = await site.TorcAsync("check", "spec.yaml");
        var strict = await site.TorcAsync("check", "--files", "spec.yaml");

        Assert.Equal((0, 8), (loose.ExitCode, strict.ExitCode));
        Assert.Contains("warning[TORC120]: in.txt does not exist under", loose.Output, StringComparison.Ordinal);
        Assert.Contains("error[TORC120]", strict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_to_be_not_there()
    {
        await using var site = Site.Empty();

        var (exitCode, output) = await site.TorcAsync("check", "nothing.yaml");

        Assert.Equal(5, exitCode);
        Assert.Contains("nothing.yaml", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2, "TORC170", "the name of the file is empty")]
    [InlineData("nothing.yaml", 5, "TORC170", "there is no file")]
    [InlineData("nowhere/nothing.yaml", 5, "TORC170", "there is no file")]
    [InlineData(".", 8, "TORC170", ". is a folder")]
    [InlineData("/dev/zero", 8, "TORC109", "a spec has at most 64 MiB, and /dev/zero goes on after that")]
    [InlineData("large.yaml", 8, "TORC109", "a spec has at most 64 MiB, and large.yaml has 67,108,865 bytes")]
    public async Task What_cannot_be_read_is_refused_in_words_and_in_json(string path, int expected, string code, string message)
    {
        await using var site = Site.Empty();
        await using (var large = File.Create(Path.Combine(site.Work, "large.yaml")))
        {
            large.SetLength(Shared.Specs.Documents.SpecLimits.DocumentBytes + 1);
        }

        var words = await site.TorcAsync("check", path);
        var json = await site.TorcAsync("check", "--json", path);
        var converted = await site.TorcAsync("convert", "--to", "json", path);

        Assert.Equal((expected, expected, expected), (words.ExitCode, json.ExitCode, converted.ExitCode));
        Assert.StartsWith($"error[{code}]: {message}", words.Output, StringComparison.Ordinal);
        Assert.Equal(words.Output, converted.Output);
        using var document = JsonDocument.Parse(json.Output);
        var problem = Assert.Single(document.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal((code, JsonValueKind.Null), (problem.GetProperty("code").GetString(), problem.GetProperty("line").ValueKind));
        Assert.StartsWith(message, problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("jobs").ValueKind);
    }

    [Fact]
    public async Task A_file_that_this_user_may_not_read_is_not_allowed()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "this user may read everything");
        await using var site = Site.Empty();
        await WriteAsync(site, "mine.yaml", Loop);
        File.SetUnixFileMode(Path.Combine(site.Work, "mine.yaml"), UnixFileMode.None);

        var (exitCode, output) = await site.TorcAsync("check", "mine.yaml");

        Assert.Equal(6, exitCode);
        Assert.StartsWith("error[TORC170]: mine.yaml may not be read", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_goes_from_json_to_yaml_and_back_without_a_change_of_meaning()
    {
        await using var site = Site.Empty();
        string diamond = Repository.PathTo("samples", "diamond", "diamond.json");

        var toYaml = await site.TorcAsync("convert", diamond, "--to", "yaml", "--output", "diamond.yaml");
        var toJson = await site.TorcAsync("convert", "diamond.yaml", "--to", "json", "-o", "again.json");

        Assert.Equal((0, 0), (toYaml.ExitCode, toJson.ExitCode));
        byte[] again = await File.ReadAllBytesAsync(Path.Combine(site.Work, "again.json"), TestContext.Current.CancellationToken);
        var before = SpecReader.Read(await File.ReadAllBytesAsync(diamond, TestContext.Current.CancellationToken), "diamond.json");
        Assert.Equal(before.Counts, SpecReader.Read(again, "again.json").Counts);
        Assert.Equal(before.Write(Shared.Specs.Notations.SpecNotation.Json), System.Text.Encoding.UTF8.GetString(again));
    }

    [Fact]
    public async Task What_has_an_error_is_not_converted_and_says_why()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "loop.yaml", Loop);

        var (exitCode, output) = await site.TorcAsync("convert", "loop.yaml", "--to", "json", "-o", "loop.json");

        Assert.Equal(8, exitCode);
        Assert.Contains("TORC111", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(site.Work, "loop.json")));
    }

    [Fact]
    public async Task The_schema_that_the_program_prints_is_the_one_that_the_server_has()
    {
        await using var site = await Site.StartAsync(cpus: 1);

        var (exitCode, output) = await site.TorcAsync("schema");

        Assert.Equal(0, exitCode);
        Assert.Equal(output.Trim(), (await site.Http.GetStringAsync("/schema/workflow.json", TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task A_workflow_gives_its_spec_back_as_it_was_or_in_another_notation()
    {
        await using var site = Site.Empty();
        const string Text = "# mine\nname: one\njobs: [{name: a, command: 'true'}]\n";
        await WriteAsync(site, "one.yaml", Text);
        await site.TorcAsync("up", "one.yaml", "--exit-when-done", "--port", "0");

        var (exitCode, output) = await site.TorcAsync("spec", "get", "1");
        var asJson = await site.TorcAsync("spec", "get", "1", "--to", "json");
        var missing = await site.TorcAsync("spec", "get", "7");

        Assert.Equal((0, Text.Trim()), (exitCode, output.Trim()));
        Assert.Equal("one", JsonDocument.Parse(asJson.Output).RootElement.GetProperty("name").GetString());
        Assert.Equal(5, missing.ExitCode);
    }

    private static int Number(JsonElement element, string key) => element.GetProperty(key).GetInt32();

    private static Task WriteAsync(Site site, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(site.Work, name), text, TestContext.Current.CancellationToken);
}
