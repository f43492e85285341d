using Torc.Shared.Specs.Editing;
using Xunit;

namespace Torc.Tests.Specs.Editing;

/// <summary>The cursor of each scene is a bar.</summary>
public sealed class SpecCompletionTests
{
    private const string Yaml = """
        name: small
        jobs:
          - name: a
            command: echo ${files.output.f}
            |
        files:
          - {name: f, path: f.txt}
          - {name: g, path: g.txt}
        resource_requirements:
          - {name: large, num_cpus: 18, memory: 64g}

        """;

    [Fact]
    public void Inside_a_reference_stand_the_names_that_there_are()
    {
        var proposals = At(Yaml.Replace("${files.output.f}", "${files.output.f} ${|", StringComparison.Ordinal).Replace("    |\n", "", StringComparison.Ordinal));

        Assert.Equal(["files.input.f", "files.input.g", "files.output.f", "files.output.g"], proposals.Select(proposal => proposal.Label).Order());
        Assert.Equal("files.input.g}", proposals.First(proposal => proposal.Label == "files.input.g").Insert);
    }

    [Fact]
    public void At_the_beginning_of_a_line_stand_the_keys_of_the_list()
    {
        var proposals = At(Yaml);

        Assert.Contains(proposals, proposal => proposal is { Label: "resource_requirements", Insert: "resource_requirements: ", IsKey: true });
        Assert.DoesNotContain(proposals, proposal => proposal.Label == "path");
    }

    [Fact]
    public void Behind_a_key_stand_its_values_or_the_names_that_it_takes()
    {
        Assert.Equal(["large"], At(Yaml.Replace("    |", "    resource_requirements: |", StringComparison.Ordinal)).Select(proposal => proposal.Label));
        Assert.Equal(["hold", "rerun"], At(Yaml.Replace("    |", "    on_lost: |", StringComparison.Ordinal)).Select(proposal => proposal.Label));
        Assert.Equal(["f", "g"], At(Yaml.Replace("    |", "    input_files: [f, |", StringComparison.Ordinal)).Select(proposal => proposal.Label));
    }

    [Fact]
    public void Keys_of_JSON_are_quoted_once()
    {
        const string Json = """
            {
              "name": "small",
              "jobs": [
                {"name": "a", |}
              ]
            }
            """;

        Assert.Contains(At(Json, "small.json"), proposal => proposal.Insert == "\"command\": ");
        Assert.Contains(At(Json.Replace("|", "\"com|\"", StringComparison.Ordinal), "small.json"), proposal => proposal.Insert == "command");
    }

    private static IReadOnlyList<SpecProposal> At(string scene, string name = "small.yaml")
    {
        int offset = scene.IndexOf('|', StringComparison.Ordinal);
        var document = SpecDocument.Of(scene.Remove(offset, 1), name);
        var readable = document.IsReadable ? document : SpecDocument.Of(Yaml.Replace("    |\n", "", StringComparison.Ordinal), "small.yaml");
        return SpecCompletion.At(document, readable, offset);
    }
}
