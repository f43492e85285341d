using System.Text;
using System.Text.RegularExpressions;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Specs.Notations;
using Torc.Tests.Support;

namespace Torc.Tests.Specs.Editing;

/// <summary>Specs to be edited by chance: samples in all notations, with comments wherever the notation allows them.</summary>
internal static partial class EditedSpecs
{
    private const string Mixed = """
        name: mixed
        env: {LEVEL: info}
        jobs:
          - name: first
            command: |
              echo one > ${files.output.a}
              echo two
            env:
              MODE: fast
              COUNT: 4
          - {name: second, command: 'cat ${files.input.a} > ${files.output.b}', depends_on: [first], priority: 2}
          - name: third
            command: sh third.sh
            depends_on:
              - first
              - second
            input_files:
              - a
              - b
            output_user_data: [facts]
            resource_requirements: {num_cpus: 2, memory: 1g}
            failure_handler: again
          - name: fourth
            command: >
              sh fourth.sh
              ${user_data.input.facts}
            resource_requirements: small
            cancel_on_blocking_job_failure: false
        files:
          - name: a
            path: a.txt
          - name: b
            path: out/b.txt
          - {name: c, path: "c d.txt"}
        user_data:
          - name: facts
            data: {tolerance: 0.5, list: [1, 2]}
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 64m}
          - {name: large, num_cpus: 8, memory: 8g, runtime: PT2H}
        failure_handlers:
          - name: again
            rules:
              - {exit_codes: [3], recovery_script: rm -f c.txt}
        actions:
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [first], commands: ['true']}
          - trigger_type: on_workflow_start
            action_type: run_commands
            commands: [mkdir -p out]
        """;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Marks = new(@"(#|//) note [0-9]+ ~|/\* note [0-9]+ ~ \*/", Linear);
    private static readonly Regex BareKeys = new("\"(?<key>[a-z_]+)\":", Linear);
    private static readonly Regex SimpleTexts = new("\"(?<text>[^\"'\\\\]*)\"", Linear);
    private static readonly Regex LastLines = new(@"(?<last>[\]}'""0-9a-z])(?<end>\n\s*[\]}])", Linear);

    private static readonly (string File, string Text)[] Samples =
    [
        ("diamond.json", File.ReadAllText(Repository.PathTo("samples", "diamond", "diamond.json"))), ("sweep.yaml", File.ReadAllText(Repository.PathTo("samples", "sweep", "sweep.yaml"))),
        ("barrier.yaml", File.ReadAllText(Repository.PathTo("samples", "barrier", "barrier.yaml"))), ("train.yaml", File.ReadAllText(Repository.PathTo("samples", "train", "train.yaml"))),
        ("retry.json5", File.ReadAllText(Repository.PathTo("samples", "retry", "retry.json5"))),
    ];

    private static readonly Lazy<IReadOnlyList<SpecReading>> Readings = new(() =>
    [
        .. Samples.Append(("mixed.yaml", Mixed)).Select(sample => SpecReader.Read(Encoding.UTF8.GetBytes(sample.Item2), sample.Item1)),
    ]);

    /// <summary>A spec as somebody may have written it.</summary>
    public static SpecDocument Draw(Random chance)
    {
        var (text, file) = chance.Next(10) switch
        {
            0 => (Diamonds.Yaml, "a.yaml"),
            1 => (Diamonds.Json5, "a.json5"),
            2 => (Mixed, "a.yaml"),
            3 => Sample(chance, SpecNotation.Json, "a.json"),
            4 or 5 or 6 => Sample(chance, SpecNotation.Json, "a.json5"),
            _ => Sample(chance, SpecNotation.Yaml, "a.yaml"),
        };
        text = file == "a.json" ? text : WithComments(SpecDocument.Of(text, file), chance).Text;
        text = chance.Next(5) == 0 ? text.ReplaceLineEndings("\r\n") : text;
        return SpecDocument.Of((chance.Next(10) == 0 ? "\uFEFF" : "") + text, file);
    }

    /// <summary>The comments that were put in by chance, each as often as it is there.</summary>
    public static IEnumerable<string> Comments(string text) => Marks.Matches(text).Select(mark => mark.Value);

    private static (string Text, string File) Sample(Random chance, SpecNotation notation, string file)
    {
        string text = Readings.Value[chance.Next(Readings.Value.Count)].Write(notation)!;
        string loose = Loosen(text);
        bool isSame = SpecReader.Tree(loose, SpecNotation.Json5) is { } tree && TreeEditor.AreEqual(tree, SpecReader.Tree(text, notation)!);
        return (file == "a.json5" && isSame && chance.Next(4) != 0 ? loose : text, file);
    }

    // As people write JSON5 by hand: keys without quotes, texts in single ones, commas at the end of lines.
    private static string Loosen(string json)
    {
        string loose = BareKeys.Replace(json, "${key}:");
        loose = SimpleTexts.Replace(loose, "'${text}'");
        return LastLines.Replace(loose, "${last},${end}");
    }

    // Where a comment would change what the text says, as in the lines of a long command, it is left out.
    private static SpecDocument WithComments(SpecDocument document, Random chance)
    {
        int note = 0;
        for (int tries = 0; tries < 12; tries++)
        {
            string text = document.Text;
            string[] lines = text.Split('\n');
            int line = chance.Next(lines.Length);
            string sign = document.Notation == SpecNotation.Yaml ? "#" : "//";
            string mark = $"{sign} note {note++} ~";
            if (document.Notation == SpecNotation.Json5 && chance.Next(3) == 0)
            {
                int comma = lines[line].IndexOf(", ", StringComparison.Ordinal);
                lines[line] = comma < 0 ? lines[line] : lines[line].Insert(comma + 1, $" /* note {note++} ~ */");
            }
            else if (chance.Next(2) == 0)
            {
                lines[line] += $"  {mark}";
            }
            else
            {
                string blanks = lines[line][..^lines[line].TrimStart().Length];
                lines[line] = $"{blanks}{mark}\n{lines[line]}";
            }

            var commented = SpecDocument.Of(string.Join('\n', lines), document.FileName);
            bool isSame = commented.Root is { } root && TreeEditor.AreEqual(root, document.Root!);
            document = isSame ? commented : document;
        }

        return document;
    }
}
