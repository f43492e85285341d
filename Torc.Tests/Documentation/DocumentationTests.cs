using System.Text;
using System.Text.RegularExpressions;
using Torc.Shared.Specs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Documentation;

/// <summary>What the documents show is what the program reads.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Samples() =>
        [.. Directory.EnumerateDirectories(Repository.PathTo("samples")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/spec.md")]
    public async Task Every_spec_in_a_document_is_read_without_a_word(string document)
    {
        string text = await File.ReadAllTextAsync(Repository.PathTo(document), TestContext.Current.CancellationToken);

        var specs = YamlBlock().Matches(text).Select(block => block.Groups["spec"].Value).ToList();

        Assert.NotEmpty(specs);
        Assert.All(specs, spec => Assert.Empty(SpecReader.Read(Encoding.UTF8.GetBytes(spec), "spec.yaml").Problems));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_is_read_without_a_word_and_has_its_inputs_beside_it(string name)
    {
        byte[] spec = await File.ReadAllBytesAsync(Repository.PathTo("samples", name, $"{name}.json"), TestContext.Current.CancellationToken);

        var reading = SpecReader.Read(spec, $"{name}.json");

        Assert.Empty(reading.Problems);
        Assert.All(
            ExternalInputs.Of(reading.Definition!),
            file => Assert.True(File.Exists(Repository.PathTo("samples", name, reading.Definition!.Files[file].Path))));
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

    [GeneratedRegex("```yaml\n(?<spec>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex YamlBlock();
}
