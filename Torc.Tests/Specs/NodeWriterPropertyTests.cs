using CsCheck;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Writing;
using Torc.Shared.Texts;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class NodeWriterPropertyTests
{
    private const int Rounds = 2_000;

    private static readonly Gen<string> Scrap = Gen.OneOf(
        "", "~", "null", "Null", "yes", "on", "true", "FALSE", "1:10", "1", "-1", "0x1f", "0o7", "010", "+1", ".5", "1e5", ".inf", ".nan", "1_000", "2026-02-30",
        "-", "- a", "-a", "--", "---", "--- a", "...", "?", "? a", "?a", ":", ": a", ":a", "a:", "a: b", "a:b", "#", "#x", "a #b", "a#b", " #", "<<", "=", "|", ">", "|-", ">a",
        "{x}", "{", "}", "[", "]", "[a]", ",", "a,b", "*a", " *", " *b", "&a", "!t", "!!str a", "!", "%", "%YAML 1.2", "@", "`", "\"", "\"a\"", "'", "'a'", "''", "\\", "\\n", "\\u0041", "\\\\",
        " ", "  ", " x", "x ", "a  b", "\t", "\tx", "x\t", "a\tb", "\n", "\n\n", "a\n", "\na", "a\n\n", "a\nb", "a\n b", " a\nb", "a\n\nb\n", "a \nb", "a\n\tb", "\ta\nb", "\n a\n",
        "\r", "\r\n", "a\r\nb\r\n", "\0", "\u0001", "\u001b", "\u007f", "\u0080", "\u0085", "\u00a0", "\u00ad", "\u2028", "\u2029", "\u200b", "\u202e", "\u3000", "\ufeff", "\ufffd",
        "\ufffe", "\uffff", "é", "😀", "\U0010ffff", "name", "sh run.sh ${files.input.a}", new string('x', 300), new string('x', 1100), new string(' ', 1100), new string(' ', 5000) + "a\nb", new string('"', 600),
        "a\n---\nb", "a\n...\nb", "%a\nb", "a: b\nc: d\n", "# a\n# b");

    // Half a character is in no text that was read.
    private static readonly Gen<string> Text = Gen.Frequency(
        (5, Scrap),
        (4, Scrap.Array[2, 4].Select(string.Concat)),
        (1, Gen.String[0, 20].Select(QuotedText.WellFormed)),
        (1, Gen.Char["ab :#-,[]{}'\"\\\n\t "].Array[0, 12].Select(characters => new string(characters))));

    private static readonly Gen<SpecNode> Leaf = Gen.Frequency(
        (8, Text.Select(Trees.Text)),
        (2, Gen.OneOf("0", "-0", "1", "-12", "2.50", "1e5", "-1.5E-7", "1e400", "123456789012345678901234567890").Select(number => Trees.Word(ScalarKind.Number, number))),
        (1, Gen.OneOf("true", "false").Select(word => Trees.Word(ScalarKind.Boolean, word))),
        (1, Gen.Const("null").Select(word => Trees.Word(ScalarKind.Null, word))));

    private static readonly Gen<SpecNode> Bush = Gen.Recursive<SpecNode>((depth, node) => depth > 5
        ? Leaf
        : Gen.Frequency(
            (depth == 0 ? 1 : 4, Leaf),
            (2, node.Array[0, 5].Select(items => Trees.List(items))),
            (3, Gen.Select(Text, node).Array[0, 5].Select(entries => Trees.Object([.. entries.DistinctBy(entry => entry.Item1)])))));

    // As deep as a document may be: around a leaf, lists and objects with something before and after.
    private static readonly Gen<SpecNode> Tower = Gen.Select(Leaf, Gen.Select(Gen.Bool, Gen.Bool, Text, Leaf).Array[1, SpecLimits.Depth]).Select((leaf, floors) => floors.Aggregate(
        leaf,
        (inner, floor) => floor switch
        {
            (true, true, _, var beside) => Trees.List(inner, beside),
            (true, false, _, _) => Trees.List(inner),
            (false, true, var key, var beside) => Trees.Object(($"{key}1", beside), (key, inner), ($"{key}2", beside)),
            (false, false, var key, _) => Trees.Object((key, inner)),
        }));

    private static readonly Gen<SpecNode> Tree = Gen.Frequency((6, Bush), (1, Tower));

    [Fact]
    public void What_is_written_as_JSON_is_read_as_the_same_tree_and_written_the_same_again() => Tree.Sample(
        tree => CheckRoundTrip(tree, JsonNodeWriter.Write, Trees.FromJson), iter: Rounds, print: Trees.Describe);

    [Fact]
    public void What_is_written_as_YAML_is_read_as_the_same_tree_and_written_the_same_again() => Tree.Sample(
        tree => CheckRoundTrip(tree, YamlNodeWriter.Write, Trees.FromYaml), iter: Rounds, print: Trees.Describe);

    [Fact]
    public void Every_nasty_text_is_read_again_wherever_it_stands() => Text.Sample(
        text =>
        {
            var (leaf, one) = (Trees.Text(text), Trees.Word(ScalarKind.Number, "1"));
            var everywhere = Trees.Object(
                ("value", leaf), ("between", one), ("list", Trees.List(leaf, one, leaf)), ("objects", Trees.List(Trees.Object((text, leaf)), Trees.Object(("a", leaf), (text + ".", one)))),
                ("object", Trees.Object((text, Trees.Object((text, leaf))))), ("lists", Trees.List(Trees.List(leaf, Trees.Object()), leaf)), (text + "'", leaf), ("last", leaf));

            foreach (var tree in new[] { leaf, Trees.List(leaf), Trees.Object((text, leaf)), everywhere })
            {
                CheckRoundTrip(tree, JsonNodeWriter.Write, Trees.FromJson);
                CheckRoundTrip(tree, YamlNodeWriter.Write, Trees.FromYaml);
            }
        },
        iter: Rounds);

    [Fact]
    public void No_line_of_YAML_ends_with_a_blank_or_is_indented_by_a_tab() => Tree.Sample(
        tree =>
        {
            string[] lines = YamlNodeWriter.Write(tree).Split('\n');

            Assert.Equal("", lines[^1]);
            Assert.True(lines.Length == 2 || lines[^2].Length > 0, "the document ends with an empty line");
            Assert.DoesNotContain(lines, line => line.EndsWith(' ') || line.EndsWith('\t'));
            var ownLines = Texts(tree).SelectMany(text => text.Split('\n')).Select(line => line.TrimStart(' ')).ToHashSet();
            Assert.All(lines.Select(line => line.TrimStart(' ')).Where(line => line.StartsWith('\t')), line => Assert.Contains(line, ownLines));
        },
        iter: Rounds, print: Trees.Describe);

    private static void CheckRoundTrip(SpecNode tree, Func<SpecNode, string> write, Func<string, SpecNode> read)
    {
        string written = write(tree);
        var again = read(written);

        Assert.Equal(Trees.Describe(tree), Trees.Describe(again));
        Assert.Equal(written, write(again));
    }

    private static IEnumerable<string> Texts(SpecNode node) => node switch
    {
        SpecNode.Scalar scalar => [scalar.Text],
        SpecNode.Sequence list => list.Items.SelectMany(Texts),
        SpecNode.Mapping mapping => mapping.Entries.SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };
}
