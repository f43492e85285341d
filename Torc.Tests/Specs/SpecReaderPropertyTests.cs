using System.Text;
using CsCheck;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class SpecReaderPropertyTests
{
    private const int Rounds = 3_000;

    private static readonly string Json = File.ReadAllText(Repository.PathTo("samples", "diamond", "diamond.json"));

    private static readonly string Yaml = """
        name: diamond
        env: &env {A: "1", "B": 'two'}
        jobs:
          - &first
            name: preprocess
            command: |
              sh preprocess.sh ${files.input.inputs} ${files.output.f1}
            resource_requirements: small
          - {<<: *first, name: work, command: "sh work.sh ${files.input.f1}", env: *env}
        files:
        - {name: inputs, path: inputs.json}
        - name: f1
          path: f1.json
        user_data: [{name: results, data: [1, 2.5, ~, on]}]
        resource_requirements:
        - {name: small, num_cpus: 1, memory: 256m, runtime: PT2M}
        """;

    private static readonly Gen<string> Scrap = Gen.OneOf(
        Gen.OneOf("{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\n", "\t", " ", "- ", "? ", "&a ", "*a", "*first", "<<: ", "!!str ", "|", ">", "#", "---\n", "...\n", "%YAML 1.2\n",
            "null", "010", ".inf", "1e400", "\\u00", "\\ud800", "${files.", "${", "\u202e", "\ufeff", "é", "😀", "\u0085", "\u2028", "\0", "true"),
        Gen.String[0, 4]);

    private static readonly Gen<(int At, int Drop, string Insert)[]> Edits = Gen.Select(Gen.Int[0, 2_000], Gen.Int[0, 12], Scrap).Array[1, 6];

    [Fact]
    public void A_damaged_spec_never_breaks_the_reader_and_always_gets_a_place() => Gen.Select(Gen.Bool, Edits).Sample(
        (isJson, edits) =>
        {
            var text = new StringBuilder(isJson ? Json : Yaml);
            foreach (var (at, drop, insert) in edits)
            {
                int start = at % (text.Length + 1);
                text.Remove(start, Math.Min(drop, text.Length - start)).Insert(start, insert);
            }

            CheckReading(Encoding.UTF8.GetBytes(text.ToString()), isJson ? "a.json" : "a.yaml");
        },
        iter: Rounds);

    [Fact]
    public void Damaged_bytes_never_break_the_reader() => Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 2_000], Gen.Byte).Array[1, 5]).Sample(
        (isJson, changes) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(isJson ? Json : Yaml);
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            CheckReading(bytes, isJson ? "a.json" : "a.yaml");
        },
        iter: Rounds);

    [Fact]
    public void Scraps_of_notation_in_any_order_never_break_the_reader() => Gen.Select(Scrap.Array[0, 30], Gen.OneOf("a.json", "a.yaml", "a")).Sample(
        (scraps, fileName) => CheckReading(Encoding.UTF8.GetBytes(string.Concat(scraps)), fileName),
        iter: Rounds);

    private static void CheckReading(byte[] bytes, string fileName)
    {
        var reading = SpecReader.Read(bytes, fileName);

        var errors = reading.Problems.Where(problem => problem.Severity == Severity.Error).ToList();
        Assert.Equal(errors.Count == 0, reading.Definition is not null);
        Assert.True(reading.Definition is null || reading.Counts is not null);
        int lines = bytes.Count(value => value == '\n') + 1;
        foreach (var problem in reading.Problems)
        {
            Assert.InRange(problem.Line!.Value, 1, lines);
            Assert.True(problem.Column >= 1 && problem.EndColumn > problem.Column);
            Assert.DoesNotContain(problem.Message, char.IsControl);
        }

        string text = DiagnosticText.Render(reading.Problems, fileName, Encoding.UTF8.GetString(bytes));
        Assert.DoesNotContain(text, character => char.IsControl(character) && character != '\n');
    }
}
