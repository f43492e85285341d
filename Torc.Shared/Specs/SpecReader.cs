using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>
/// Reads the text of a spec: bytes become text, text a tree that knows where each value stands, the tree a workflow.
/// It never throws, whatever the bytes are; everything that is wrong is among the problems.
/// </summary>
public static class SpecReader
{
    /// <param name="fileName">Decides between JSON and YAML by its ending; null, or another ending, leaves it to the text.</param>
    public static SpecReading Read(ReadOnlyMemory<byte> utf8, string? fileName = null)
    {
        if (SpecText.TryDecode(utf8.Span, out var problem) is not { } text)
        {
            return new SpecReading(Definition: null, [problem!]);
        }

        var problems = new SpecProblems(text);
        WorkflowDefinition? definition = null;
        SpecCounts? counts = null;
        if (ReadTree(problems, fileName) is { } root)
        {
            (definition, counts) = new WorkflowBinder(problems).Bind(root);
        }
        else if (!problems.HasErrors)
        {
            problems.Error(
                DiagnosticCodes.Empty, "", new TextSpan(0, 1), "the file is empty; a workflow needs name and jobs",
                "write a spec such as {\"name\": \"hello\", \"jobs\": []}");
        }

        return new SpecReading(definition, problems.ToList()) { Counts = counts };
    }

    private static SpecNode? ReadTree(SpecProblems problems, string? fileName)
    {
        string text = problems.Text.Text;
        int start = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        if (start < 0)
        {
            return null;
        }

        bool looksLikeJson = text[start] == '{';
        bool saysYaml = HasEnding(".yaml") || HasEnding(".yml");
        if (HasEnding(".json") || (looksLikeJson && !saysYaml))
        {
            return JsonNodeReader.Read(problems);
        }

        // YAML may begin with a brace too; only what is JSON to its end is taken for JSON.
        if (looksLikeJson && JsonNodeReader.Read(new SpecProblems(problems.Text)) is not null)
        {
            problems.Add(
                DiagnosticCodes.JsonInYaml, Severity.Warning, "", new TextSpan(start, start + 1),
                $"{Quoting.Quote(fileName!)} holds JSON and is read as JSON", "call it .json");
            return JsonNodeReader.Read(problems);
        }

        return YamlNodeReader.Read(problems);

        bool HasEnding(string ending) => fileName is not null && fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
    }
}
