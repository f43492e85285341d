using System.Text;
using System.Text.RegularExpressions;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Schema;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Documentation;

/// <summary>What the documents show is what the program reads.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Samples() => [.. Repository.Samples];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/spec.md")]
    public async Task Every_spec_in_a_document_is_read_without_a_word(string document)
    {
        string text = await File.ReadAllTextAsync(Repository.PathTo(document), TestContext.Current.CancellationToken);

        var specs = Block().Matches(text).Select(block => (Text: block.Groups["spec"].Value, Name: $"spec.{block.Groups["notation"].Value}")).ToList();

        Assert.NotEmpty(specs);
        Assert.All(specs, spec => Assert.Empty(SpecReader.Read(Encoding.UTF8.GetBytes(spec.Text), spec.Name).Problems));
    }

    [Fact]
    public async Task The_manual_lists_every_key_as_the_program_prints_it()
    {
        string manual = await File.ReadAllTextAsync(Repository.PathTo("docs", "spec.md"), TestContext.Current.CancellationToken);

        Assert.True(manual == SpecManual.PutInto(manual), "docs/spec.md is out of date: put what `./torc schema --manual` prints between its marks");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_is_read_and_has_its_inputs_beside_it(string name)
    {
        string path = Assert.Single(Directory.EnumerateFiles(Repository.PathTo("samples", name), $"{name}.*"), file => SpecReader.NotationOf(file) is not null);
        byte[] spec = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        var reading = SpecReader.Read(spec, path);

        // What has no effect yet may be in a sample, for the day on which it has.
        reading.CheckPaths(Repository.PathTo("samples", name), Severity.Error, file => File.Exists(file) ? PathKind.File : PathKind.Nothing);
        Assert.DoesNotContain(reading.Problems, problem => problem.Code != DiagnosticCodes.KeyWithoutEffect);
    }

    [Fact]
    public async Task The_readme_names_every_folder_of_the_core_the_server_and_the_program()
    {
        string readme = await File.ReadAllTextAsync(Repository.PathTo("README.md"), TestContext.Current.CancellationToken);

        var folders = new[] { "Torc.Shared", "Torc.Web", "Torc.Agent" }
            .SelectMany(project => Directory.EnumerateDirectories(Repository.PathTo(project)))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any())
            .Select(folder => $"{Path.GetFileName(folder)}/");
        Assert.All(folders, folder => Assert.Contains(folder, readme, StringComparison.Ordinal));
    }

    [GeneratedRegex("```(?<notation>yaml|kdl)\n(?<spec>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Block();
}
