using System.Text;
using System.Text.RegularExpressions;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Kdl;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>
/// Reads the text of a spec: bytes become text, text a tree that knows where each value stands, the tree a workflow.
/// It never throws, whatever the bytes are; everything that is wrong is among the problems.
/// </summary>
public static class SpecReader
{
    // A spec in KDL says its name at the beginning of some line, as in: name "diamond"
    private static readonly Regex KdlStart = new(@"^\s*name\s+[""#A-Za-z]", RegexOptions.NonBacktracking | RegexOptions.Multiline);

    // The first line that is no comment, of YAML: a key with a colon, an item, a mark. Its long texts may have lines of any kind.
    private static readonly Regex YamlStart = new(
        @"\A(\s*(#[^\n]*)?\n)*\s*(---|%|-\s|(""[^""\n]*""|'[^'\n]*'|[^\s""'#/{}][^\s""'{}]*)\s*:(\s|\z))", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    /// <param name="fileName">Its ending says the notation; null, or another ending, leaves it to the text.</param>
    public static SpecReading Read(ReadOnlyMemory<byte> utf8, string? fileName = null)
    {
        if (SpecText.TryDecode(utf8.Span, out var refusal) is not { } text)
        {
            return new SpecReading(refusal!);
        }

        var problems = new SpecProblems(text);
        var root = ReadTree(ref problems, fileName, out var notation);
        if (root is null && !problems.HasErrors)
        {
            problems.Error(
                DiagnosticCodes.Empty, "", new TextSpan(0, 1), "the file is empty; a workflow needs name and jobs",
                "write a spec such as {\"name\": \"hello\", \"jobs\": [{\"name\": \"greet\", \"command\": \"echo hello\"}]}");
        }

        return new SpecReading(problems, notation, root, root is null ? null : new WorkflowBinder(problems).Bind(root));
    }

    /// <summary>What a text calls its workflow. It is read as far as the tree only, which takes half the time.</summary>
    /// <returns>Null if it says nothing, or breaks the rules of its notation.</returns>
    public static string? NameIn(string text, string? fileName)
    {
        if (SpecText.TryDecode(Encoding.UTF8.GetBytes(text), out _) is not { } decoded)
        {
            return null;
        }

        var problems = new SpecProblems(decoded);
        var root = ReadTree(ref problems, fileName, out _) as SpecNode.Mapping;
        return root?.Find("name")?.Value is SpecNode.Scalar { Kind: ScalarKind.Text, Text: { Length: > 0 } name } ? name : null;
    }

    /// <summary>Reads a text of a known notation as far as the tree.</summary>
    /// <returns>Null if it breaks the rules of the notation.</returns>
    internal static SpecNode? Tree(string text, SpecNotation notation) => Tree(new SpecProblems(new SpecText(text)), notation, fileName: null);

    private static SpecNode? Tree(SpecProblems problems, SpecNotation notation, string? fileName) => notation switch
    {
        SpecNotation.Json => JsonNodeReader.Read(problems, JsonDialect.Json),
        SpecNotation.Json5 => JsonNodeReader.Read(problems, JsonDialect.Json5),
        SpecNotation.Kdl => KdlNodeReader.Read(problems),
        SpecNotation.Commands => CommandsReader.Read(problems, FileNames.ToName(Path.GetFileNameWithoutExtension(fileName ?? ""))),
        _ => YamlNodeReader.Read(problems),
    };

    private static SpecNode? ReadTree(ref SpecProblems problems, string? fileName, out SpecNotation? read)
    {
        read = null;
        string text = problems.Text.Text;
        int start = text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        if (start < 0)
        {
            return null;
        }

        if (NotationOf(fileName) is not { } notation)
        {
            notation = Sniff(text, start);
            if (notation == SpecNotation.Json5 && text[start] == '{')
            {
                read = notation;
                return ReadBraces(ref problems, ref read);
            }
        }

        if (notation == SpecNotation.Yaml && text[start] == '{' && JsonNodeReader.Read(new SpecProblems(problems.Text), JsonDialect.Json) is not null)
        {
            // YAML may begin with a brace too; only what is JSON to its end is taken for JSON.
            problems.Add(
                DiagnosticCodes.JsonInYaml, Severity.Warning, "", new TextSpan(start, start + 1),
                $"{Quoting.Quote(fileName!)} holds JSON and is read as JSON", "call it .json");
            notation = SpecNotation.Json;
        }

        read = notation;
        return Tree(problems, notation, fileName);
    }

    /// <returns>What the ending of a file's name says; null if it says nothing.</returns>
    public static SpecNotation? NotationOf(string? fileName) => Path.GetExtension(fileName)?.ToLowerInvariant() switch
    {
        ".json" => SpecNotation.Json,
        ".json5" => SpecNotation.Json5,
        ".yaml" or ".yml" => SpecNotation.Yaml,
        ".kdl" => SpecNotation.Kdl,
        ".txt" => SpecNotation.Commands,
        _ => null,
    };

    // What begins with a brace is JSON5 most often, and then it is the mistakes in JSON5 that are told. YAML has braces without quotes.
    private static SpecNode? ReadBraces(ref SpecProblems problems, ref SpecNotation? read)
    {
        if (JsonNodeReader.Read(problems, JsonDialect.Json5) is { } root)
        {
            return root;
        }

        var asYaml = new SpecProblems(problems.Text);
        if (problems.ToList() is not [{ Code: DiagnosticCodes.Syntax }, ..] || YamlNodeReader.Read(asYaml) is not { } other)
        {
            return null;
        }

        problems = asYaml;
        read = SpecNotation.Yaml;
        return other;
    }

    // JSON and JSON5 begin with a brace or a comment of theirs. A line of KDL is a word and a value, one of YAML has a colon.
    private static SpecNotation Sniff(string text, int start)
    {
        var rest = text.AsSpan(start);
        if (rest[0] == '{' || rest.StartsWith("/*") || rest.StartsWith("//"))
        {
            return rest[0] == '{' || !LooksLikeKdl(text) ? SpecNotation.Json5 : SpecNotation.Kdl;
        }

        return LooksLikeKdl(text) && !YamlStart.IsMatch(text) ? SpecNotation.Kdl : SpecNotation.Yaml;
    }

    private static bool LooksLikeKdl(string text) => KdlStart.IsMatch(text);
}
