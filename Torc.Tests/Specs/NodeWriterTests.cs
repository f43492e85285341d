using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Writing;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class NodeWriterTests
{
    private const string Json = """
        {
          "name": "twin",
          "env": {"LEVEL": "1", "MODE": "fast"},
          "jobs": [
            {
              "name": "first",
              "command": "sh first.sh \\\n  --level 3 ${files.output.raw} \"é 😀\"\n",
              "output_user_data": ["found"],
              "resource_requirements": "small"
            },
            {"name": "second", "command": "sh b.sh ${files.input.raw}", "priority": -3, "env": {"A": ""}},
            {
              "name": "third",
              "command": "true",
              "cancel_on_blocking_job_failure": false,
              "depends_on": ["first", "second"]
            }
          ],
          "files": [
            {"name": "raw", "path": "raw data.txt"}
          ],
          "user_data": [
            {"name": "found", "data": null},
            {
              "name": "known",
              "data": {
                "a": {"b": {"c": [1, 2.50, [true, "null"]]}},
                "table": [[1, 2], [3, 4]],
                "objects": [
                  {}
                ]
              }
            }
          ],
          "resource_requirements": [
            {"name": "small", "num_cpus": 1, "memory": "256m", "runtime": "PT2M"}
          ],
          "tags": []
        }

        """;

    private const string Yaml = """
        name: twin
        env:
          LEVEL: "1"
          MODE: fast

        jobs:
          - name: first
            command: |
              sh first.sh \
                --level 3 ${files.output.raw} "é 😀"
            output_user_data: [found]
            resource_requirements: small
          - name: second
            command: sh b.sh ${files.input.raw}
            priority: -3
            env:
              A: ""
          - name: third
            command: "true"
            cancel_on_blocking_job_failure: false
            depends_on: [first, second]

        files:
          - name: raw
            path: raw data.txt

        user_data:
          - name: found
            data: null
          - name: known
            data:
              a:
                b:
                  c:
                    - 1
                    - 2.50
                    - [true, "null"]
              table:
                - [1, 2]
                - [3, 4]
              objects:
                - {}

        resource_requirements:
          - name: small
            num_cpus: 1
            memory: 256m
            runtime: PT2M

        tags: []

        """;

    [Fact]
    public void A_spec_is_written_as_JSON_that_reads_well() => Assert.Equal(Json, JsonNodeWriter.Write(Trees.FromYaml(Yaml)));

    [Fact]
    public void A_spec_is_written_as_YAML_that_reads_well() => Assert.Equal(Yaml, YamlNodeWriter.Write(Trees.FromJson(Json)));

    // The text, then how JSON and YAML have it as a value.
    [Theory]
    [InlineData("", "\"\"", "\"\"")]
    [InlineData("two words", "\"two words\"", "two words")]
    [InlineData("1:10", "\"1:10\"", "1:10")]
    [InlineData("yes", "\"yes\"", "yes")]
    [InlineData("null", "\"null\"", "\"null\"")]
    [InlineData("0x10", "\"0x10\"", "\"0x10\"")]
    [InlineData("a: b", "\"a: b\"", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"", "\"a #b\"")]
    [InlineData("rm *.tmp, [a]", "\"rm *.tmp, [a]\"", "rm *.tmp, [a]")]
    [InlineData("--- a", "\"--- a\"", "\"--- a\"")]
    [InlineData("\"it's\" C:\\x: y", "\"\\\"it's\\\" C:\\\\x: y\"", "'\"it''s\" C:\\x: y'")]
    [InlineData("a\tb\0\u001b", "\"a\\tb\\u0000\\u001b\"", "\"a\\tb\\u0000\\u001b\"")]
    [InlineData("é😀", "\"é😀\"", "é😀")]
    [InlineData("\u007f\u0085\u2028\ufeff", "\"\u007f\u0085\u2028\ufeff\"", "\"\\u007f\\u0085\\u2028\\ufeff\"")]
    public void A_text_is_written_as_plainly_as_it_can_be(string text, string json, string yaml)
    {
        Assert.Equal(json + "\n", JsonNodeWriter.Write(Trees.Text(text)));
        Assert.Equal($"a: {yaml}\n", YamlNodeWriter.Write(Trees.Object(("a", Trees.Text(text)))));
    }

    [Theory]
    [InlineData("x\ny", "|-\n  x\n  y\n")]
    [InlineData("x\n\n\ty\n", "|\n  x\n\n  \ty\n")]
    [InlineData("x\n\n\n", "|+\n  x\n\n\n")]
    [InlineData("\n x\ny", "|2-\n\n   x\n  y\n")]
    [InlineData("x \ny", "\"x \\ny\"\n")]
    [InlineData("x\n\t\ny", "\"x\\n\\t\\ny\"\n")]
    [InlineData("x\r\ny", "\"x\\r\\ny\"\n")]
    [InlineData("\n\n", "\"\\n\\n\"\n")]
    public void Lines_are_written_as_a_block_if_a_block_can_hold_them(string text, string yaml) =>
        Assert.Equal($"a: {yaml}b: 1\n", YamlNodeWriter.Write(Trees.Object(("a", Trees.Text(text)), ("b", Trees.Word(ScalarKind.Number, "1")))));

    [Fact]
    public void Line_breaks_at_the_end_of_a_document_stand_in_quotes_for_files_lose_them()
    {
        var tree = Trees.FromJson("""{"a": "x\n\n", "b": [{"c": "y\n\n"}], "d": [{"e": "z\n\n"}]}""");

        Assert.Equal(
            """
            a: |+
              x

            b:
              - c: |+
                  y

            d:
              - e: "z\n\n"

            """,
            YamlNodeWriter.Write(tree));
    }

    [Fact]
    public void A_key_that_could_be_misread_is_quoted() => Assert.Equal(
        """
        "<<": a
        "": b
        "1": c
        "x *": d
        "e:": f
        ${g}, [h]: i

        """,
        YamlNodeWriter.Write(Trees.FromJson("""{"<<": "a", "": "b", "1": "c", "x *": "d", "e:": "f", "${g}, [h]": "i"}""")));

    [Fact]
    public void A_key_of_more_than_a_thousand_characters_is_marked_as_a_key()
    {
        string key = new('k', 1001);
        var tree = Trees.Object(("a", Trees.List(Trees.Object((key, Trees.List(Trees.Text("b"))), (key + "2", Trees.Object((key, Trees.Text("c"))))))));

        string yaml = YamlNodeWriter.Write(tree);

        Assert.Equal($"a:\n  - ? {key}\n    : [b]\n    ? {key}2\n    :\n      ? {key}\n      : c\n", yaml);
        Assert.Equal(Trees.Describe(tree), Trees.Describe(Trees.FromYaml(yaml)));
    }

    [Fact]
    public void A_line_is_filled_to_a_hundred_columns_and_no_further()
    {
        var fits = Trees.Object(("fits", Trees.List(Trees.Text(new string('x', 80)), Trees.Text("1"))), ("last", Trees.Word(ScalarKind.Null, "null")));
        var not = Trees.Object(("fits", Trees.List(Trees.Text(new string('x', 81)), Trees.Text("1"))), ("last", Trees.Word(ScalarKind.Null, "null")));
        var inYaml = Trees.Object(("fits", Trees.List(Trees.Text(new string('x', 87)), Trees.Text("1"))));
        var notInYaml = Trees.Object(("fits", Trees.List(Trees.Text(new string('x', 88)), Trees.Text("1"))));

        Assert.Equal(100, JsonNodeWriter.Write(fits).Split('\n').Max(line => line.Length));
        Assert.Contains("\"fits\": [\n", JsonNodeWriter.Write(not), StringComparison.Ordinal);
        Assert.Equal(100, YamlNodeWriter.Write(inYaml).TrimEnd('\n').Length);
        Assert.StartsWith("fits:\n  - x", YamlNodeWriter.Write(notInYaml), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_becomes_the_sign_for_one_that_is_unknown()
    {
        var tree = Trees.Object(("a\ud83d", Trees.Text("\ude00 \ud83d\ude00 \ud83d")));

        Assert.Equal("{\n  \"a\ufffd\": \"\ufffd 😀 \ufffd\"\n}\n", JsonNodeWriter.Write(tree));
        Assert.Equal("a\ufffd: \ufffd 😀 \ufffd\n", YamlNodeWriter.Write(tree));
    }

    [Fact]
    public void What_only_YAML_takes_for_a_number_is_kept_as_a_text()
    {
        var tree = Trees.FromYaml("[010, +1, .5, .inf, TRUE, ~, 1.50]");

        Assert.Equal("[\n  \"010\",\n  \"+1\",\n  \".5\",\n  \".inf\",\n  true,\n  null,\n  1.50\n]\n", JsonNodeWriter.Write(tree));
        Assert.Equal("- \"010\"\n- \"+1\"\n- \".5\"\n- \".inf\"\n- true\n- null\n- 1.50\n", YamlNodeWriter.Write(tree));
    }

    [Fact]
    public void A_document_that_holds_nothing_is_written_as_nothing()
    {
        Assert.Equal("{}\n", JsonNodeWriter.Write(Trees.Object()));
        Assert.Equal("[]\n", JsonNodeWriter.Write(Trees.List()));
        Assert.Equal("{}\n", YamlNodeWriter.Write(Trees.Object()));
        Assert.Equal("[]\n", YamlNodeWriter.Write(Trees.List()));
    }
}
