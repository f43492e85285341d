using System.Globalization;
using CsCheck;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Compares the copies that the program makes with those of a simple expansion: nested loops, and one replacement after the other.</summary>
public sealed class ExpansionPropertyTests
{
    private const int Rounds = 300;

    private static readonly string[] Names = ["i", "j", "p"];

    // Values in the notation of a spec, and what each of them is in a text.
    private static readonly Gen<(string Written, string[] Values)> Parameter = Gen.OneOf(
        Gen.Select(Gen.Int[-3, 12], Gen.Int[1, 4], Gen.Int[1, 3]).Select((first, count, step) => Range(first, count, step)),
        Gen.Select(Gen.Int[-3, 12], Gen.Int[1, 4], Gen.Int[-3, -1]).Select((first, count, step) => Range(first, count, step)),
        Words().Select(words => ($"\"[{string.Join(", ", words)}]\"", words)),
        Words().Select(words => ($"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]", words)));

    private static readonly Gen<string> Piece = Gen.OneOf("{i}", "{j}", "{p}", "{i:03d}", "{p:.2f}", "${i}", "{{j}}", "{q}", "${HOME}", " ", "run ", "-", "}", "{ ");

    private static readonly Gen<Plan> Plans = Gen.Select(
        Parameter.Array[1, 3], Gen.Bool, Gen.Bool, Piece.Array[1, 8].Select(string.Concat),
        (parameters, isZip, isLocal, command) => new Plan(isZip ? Cut(parameters) : parameters, isZip, isLocal, $"run {command.Trim()}"));

    [Fact]
    public void Copies_are_those_of_nested_loops_in_their_order() => Plans.Sample(
        plan =>
        {
            var reading = Reading.OfYaml(plan.Text);

            Assert.Empty(Reading.Errors(reading));
            Assert.Equal(Expected(plan), Describe(reading.Definition!));
        },
        iter: Rounds, print: plan => plan.Text);

    [Fact]
    public void Every_notation_says_the_same() => Plans.Sample(
        plan =>
        {
            var reading = Reading.OfYaml(plan.Text);

            string json = reading.Write(SpecNotation.Json)!;
            string yaml = reading.Write(SpecNotation.Yaml)!;

            foreach (var again in new[] { Reading.OfJson(json), Reading.OfYaml(yaml) })
            {
                Assert.Equal((json, yaml), (again.Write(SpecNotation.Json), again.Write(SpecNotation.Yaml)));
                Assert.Equal(reading.Counts, again.Counts);
                Assert.Equal(Describe(reading.Definition!), Describe(again.Definition!));
            }
        },
        iter: Rounds, print: plan => plan.Text);

    private static Gen<string[]> Words() => Gen.Shuffle(new[] { "a", "b-1", "x.y", "Z" }, 1, 4);

    private static (string, string[]) Range(int first, int count, int step) =>
        ($"\"{first}:{first + ((count - 1) * step)}:{step}\"", [.. Enumerable.Range(0, count).Select(index => (first + (index * step)).ToString(CultureInfo.InvariantCulture))]);

    // Of unequal lists the first values of each, as a list that is written out.
    private static (string, string[])[] Cut((string Written, string[] Values)[] parameters)
    {
        int least = parameters.Min(parameter => parameter.Values.Length);
        return [.. parameters.Select(parameter => ($"[{string.Join(", ", parameter.Values.Take(least))}]", parameter.Values.Take(least).ToArray()))];
    }

    // What each job is: name, command, what it needs, produces and waits for.
    private static List<string> Expected(Plan plan)
    {
        var combinations = new List<string[]>();
        if (plan.IsZip)
        {
            for (int index = 0; index < plan.Parameters[0].Values.Length; index++)
            {
                combinations.Add([.. plan.Parameters.Select(parameter => parameter.Values[index])]);
            }
        }
        else
        {
            Loop(plan, [], combinations);
        }

        var made = combinations.Select(values => Fill(plan.Suffix, values)).ToList();
        List<string> jobs = [.. combinations.Select(values => $"a{Fill(plan.Suffix, values)}|{Fill(plan.Command, values)}||f{Fill(plan.Suffix, values)}|")];
        jobs.AddRange(combinations.Select(values => $"b{Fill(plan.Suffix, values)}|cat p{Fill(plan.Suffix, values)}|f{Fill(plan.Suffix, values)}||a{Fill(plan.Suffix, values)}"));
        jobs.Add($"all|done|{string.Join(',', made.Select(suffix => $"f{suffix}"))}||{string.Join(',', made.Select(suffix => $"a{suffix}").Concat(made.Select(suffix => $"b{suffix}")))}");
        return jobs;
    }

    private static void Loop(Plan plan, string[] values, List<string[]> combinations)
    {
        if (values.Length == plan.Parameters.Length)
        {
            combinations.Add(values);
            return;
        }

        foreach (string value in plan.Parameters[values.Length].Values)
        {
            Loop(plan, [.. values, value], combinations);
        }
    }

    // A letter that is nowhere else stands for the shell's braces while the others are filled.
    private static string Fill(string text, string[] values)
    {
        string filled = text.Replace("${", "\u0001", StringComparison.Ordinal);
        for (int index = 0; index < values.Length; index++)
        {
            bool isNumber = int.TryParse(values[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
            filled = filled
                .Replace($"{{{Names[index]}}}", values[index], StringComparison.Ordinal)
                .Replace($"{{{Names[index]}:03d}}", isNumber ? number.ToString(number < 0 ? "00" : "000", CultureInfo.InvariantCulture) : values[index], StringComparison.Ordinal)
                .Replace($"{{{Names[index]}:.2f}}", values[index], StringComparison.Ordinal);
        }

        return filled.Replace("\u0001", "${", StringComparison.Ordinal);
    }

    private static List<string> Describe(WorkflowDefinition workflow) =>
    [
        .. workflow.Jobs.Select((job, position) => string.Join(
            '|', job.Name, job.Command, Files(workflow, job.InputFiles), Files(workflow, job.OutputFiles), string.Join(',', Reading.Names(workflow, workflow.Graph.BlockersOf(position).ToArray())))),
    ];

    private static string Files(WorkflowDefinition workflow, IEnumerable<int> files) => string.Join(',', files.Select(file => workflow.Files[file].Name));

    private sealed record Plan((string Written, string[] Values)[] Parameters, bool IsZip, bool IsLocal, string Command)
    {
        public string Suffix => string.Concat(Names.Take(Parameters.Length).Select(name => $"_{{{name}}}"));

        public string Text
        {
            get
            {
                string all = $"{{{string.Join(", ", Parameters.Select((parameter, index) => $"{Names[index]}: {parameter.Written}"))}}}";
                string used = IsLocal ? $"parameters: {all}" : $"use_parameters: [{string.Join(", ", Names.Take(Parameters.Length))}]";
                string use = $"{used}, parameter_mode: {(IsZip ? "zip" : "product")}";
                return $$"""
                    name: w
                    {{(IsLocal ? "parameters: {i: 99}" : $"parameters: {all}")}}
                    jobs:
                      - {name: "a{{Suffix}}", command: "{{Command}}", output_files: ["f{{Suffix}}"], {{use}}}
                      - {name: "b{{Suffix}}", command: "cat ${files.input.f{{Suffix}}}", {{use}}}
                      - {name: all, command: done, depends_on: ["b{{Suffix}}"], input_files: ["f{{Suffix}}"], {{use}}}
                    files: [{name: "f{{Suffix}}", path: "p{{Suffix}}", {{use}}}]
                    """;
            }
        }
    }
}
