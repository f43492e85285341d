using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Kdl;
using Xunit;

namespace Torc.Tests.Specs.Kdl;

public sealed class KdlParserTests
{
    private const string Everything = """"
        /- kdl-version 2
        // A node of every kind.
        (t)plain one "two" 3 #null; after
        node key=1 "quoted key" = #"raw"# \ // goes on
            more=#true /* here /* and here */ too */ last
        block 1 {
            inner { deepest -1.5e3 }
            /-gone { with "all" }
            left /-out /-key=2 in /-{ nothing }
        }
        lines """
            one
              two \
              \u{e9}\s
            """
        old r"C:\temp" r#"say "hi""# true null
        """";

    private static readonly Gen<string> Scrap = Gen.OneOf(
        Gen.OneOf(
            "\"", "\"\"\"", "#\"", "\"#", "r\"", "##", "#", "\\", "\\\n", "\n", "\r\n", " ", "\t", "{", "}", "(", ")", "=", ";", ",", "[", "/-", "//", "/*", "*/",
            "job ", "name", "a=", "1", "0x", "1_", "-", "-.", "#true", "#inf", "null", "\\u{", "\\u{d800}", "\\s", "\u202e", "\uFEFF", "\u0085", "é", "😀", "\0"),
        Gen.String[0, 4]);

    /// <summary>What one argument may look like, and what it is.</summary>
    public static TheoryData<string, string> Values() => new()
    {
        { "\"text\"", "Text text" },
        { "word", "Text word" },
        { "--flag", "Text --flag" },
        { "-", "Text -" },
        { ".hidden", "Text .hidden" },
        { "a.b,c:d'e", "Text a.b,c:d'e" },
        { "True", "Text True" },
        { "żółć", "Text żółć" },
        { "r", "Text r" },
        { "\"\"", "Text " },
        { "\"a\\n\\t\\\\\\\"\\/\\b\\f\\r\\sb\"", "Text a\n\t\\\"/\b\f\r b" },
        { "\"\\u{e9}\\u{1F600}\\u{0}\"", "Text é😀\0" },
        { "\"a\\  \n  \t b\"", "Text ab" },
        { "#\"a\\n\"b\"#", "Text a\\n\"b" },
        { "##\"a\"#b\"##", "Text a\"#b" },
        { "#\"\"#", "Text " },
        { "r\"a\\n\"", "Text a\\n" },
        { "r\"\"", "Text " },
        { "r#\"say \"hi\"\r\nthere\"#", "Text say \"hi\"\nthere" },
        { "0", "Number 0" },
        { "42", "Number 42" },
        { "+42", "Number 42" },
        { "-42", "Number -42" },
        { "007", "Number 7" },
        { "000", "Number 0" },
        { "-00.50", "Number -0.50" },
        { "1_000_", "Number 1000" },
        { "1.5", "Number 1.5" },
        { "1.5e-3", "Number 1.5e-3" },
        { "1E+1_0", "Number 1E+10" },
        { "0x1F", "Number 31" },
        { "-0xff_ff", "Number -65535" },
        { "0o17", "Number 15" },
        { "0b1010_1", "Number 21" },
        { "0xFFFFFFFFFFFFFFFFFFFF", "Number 1208925819614629174706175" },
        { "#inf", "Number .inf" },
        { "#-inf", "Number -.inf" },
        { "#nan", "Number .nan" },
        { "#true", "Boolean true" },
        { "#false", "Boolean false" },
        { "#null", "Null null" },
        { "true", "Boolean true" },
        { "false", "Boolean false" },
        { "null", "Null null" },
        { "(u8)7", "Number 7" },
        { "( \"a type\" ) x", "Text x" },
        { "\"\"\"\n\"\"\"", "Text " },
        { "\"\"\"\n  a\n    b\n\n  c\n  \"\"\"", "Text a\n  b\n\nc" },
        { "\"\"\"\r\n  a\r\n  b\r\n  \"\"\"", "Text a\nb" },
        { "\"\"\"\n  a \"\" b\n      \n \n  \"\"\"", "Text a \"\" b\n\n" },
        { "\"\"\"\n\ta\\n\n\t\\tb\n\t\"\"\"", "Text a\n\n\tb" },
        { "\"\"\"\n  a \\\n     b\n  \"\"\"", "Text a b" },
        { "\"\"\"\n  \\s a\n  \"\"\"", "Text   a" },
        { "\"\"\"\n  a\n  \\\n     \"\"\"", "Text a" },
        { "#\"\"\"\n  a\\n\n  \"\"\"b\n  \"\"\"#", "Text a\\n\n\"\"\"b" },
    };

    /// <summary>Every mistake in the notation: what the first line of the message is, and where.</summary>
    public static TheoryData<string, string, string> Mistakes() => new()
    {
        { "a text that does not end on its line", "name \"x\njob y", "1:6 this text is never closed" },
        { "a text that does not end before others", "name \"x\njob \"y\" { command \"z\" }", "1:6 this text is never closed" },
        { "a text that does not end in a block", "job a {\n command \"x\n}\njob b {\n command \"y\"\n}", "2:10 this text is never closed" },
        { "lines in quotes in version 2", "/- kdl-version 2\nname \"x\ny\"", "2:6 this text is never closed" },
        { "a text that does not end", "name \"x", "1:6 this text is never closed" },
        { "a raw text that does not end", "a\nname #\"x\"", "2:6 this text is never closed" },
        { "a raw text that does not end on its line", "name ##\"x\"#\n\"##", "1:6 this text is never closed" },
        { "an old raw text that does not end", "name r#\"x\"", "1:6 this text is never closed" },
        { "lines that do not end", "name \"\"\"\n a\n", "1:6 this text is never closed" },
        { "lines that do not end at all", "name \"\"\"", "1:6 this text is never closed" },
        { "raw lines that do not end", "name #\"\"\"\n a\n \"\"\"", "1:6 this text is never closed" },
        { "text right after three quotes", "name \"\"\"a\n\"\"\"", "1:9 after \"\"\" the line must end" },
        { "text before three quotes", "name \"\"\"\n  a\"\"\"", "2:4 these quotes must stand on a line of their own" },
        { "a line left of the quotes", "name \"\"\"\n    a\n  b\n    \"\"\"", "3:1 this line must begin with the same spaces as the closing quotes" },
        { "a tab where the quotes have spaces", "name \"\"\"\n\ta\n    \"\"\"", "2:1 this line must begin with the same spaces as the closing quotes" },
        { "an escaped space as indentation", "name \"\"\"\n\\sa\n \"\"\"", "2:1 this line must begin with the same spaces as the closing quotes" },
        { "an escaped space before spaces as indentation", "name \"\"\"\n\\s  a\n  \"\"\"", "2:1 this line must begin with the same spaces as the closing quotes" },
        { "a comment that does not end", "name x\n  /* a /* b */\n", "2:3 this comment is never closed" },
        { "a block that does not end", "job \"a\" {\n  b {\n  }\n", "1:9 this \"{\" is never closed" },
        { "an inner block that does not end", "job \"a\" {\n  b {\n", "2:5 this \"{\" is never closed" },
        { "a brace too many", "job { a }\n}", "2:1 no block is open that this \"}\" could close" },
        { "a block after a block", "job { a } { b }", "1:11 after a block the node ends" },
        { "a value after a block", "job { a } b", "1:11 after a block the node ends" },
        { "a value after a block left out", "job /-{ a } b", "1:13 after a block the node ends" },
        { "a node that begins with a number", "name x\n12 y", "2:1 a node begins with its name; 12 is none" },
        { "a node that begins with a keyword", "true 1", "1:1 a node begins with its name; true is none" },
        { "a node that begins with a hash", "# comment", "1:1 a node begins with its name, not \"#\"" },
        { "a node that begins with a bracket", "[job]", "1:1 KDL has no brackets for lists" },
        { "a list in brackets", "depends_on [\"a\", \"b\"]", "1:12 KDL has no brackets for lists" },
        { "a comma after a text", "depends_on \"a\", \"b\"", "1:15 KDL has no commas between values" },
        { "a comma after a number", "exit_codes 1, 2", "1:12 1, is not how KDL writes a number" },
        { "an equals sign after the name", "name=\"x\"", "1:5 \"=\" is not expected here" },
        { "an equals sign after the name and a blank", "name = \"x\"", "1:6 \"=\" is not expected here" },
        { "an equals sign after a property", "name a=1 = 2", "1:10 \"=\" is not expected here" },
        { "a property without a value", "file path=\n", "1:6 the property \"path\" has no value" },
        { "a property whose key is a number", "file 1=2", "1:6 the key of a property is a text" },
        { "a property whose key is a keyword", "file #true=2", "1:6 the key of a property is a text" },
        { "a property whose key has a type", "file (a)b=2", "1:9 the key of a property is a text" },
        { "texts side by side", "name \"a\"\"b\"", "1:9 a blank is missing here" },
        { "a text at the name", "name\"a\"", "1:5 a blank is missing here" },
        { "a brace in a type", "name (a{)b", "1:6 this \"(\" is never closed" },
        { "a type without a name", "name ()b", "1:7 a type in parentheses is a name, not \")\"" },
        { "a parenthesis too many", "name a)", "1:7 a blank is missing here, not \")\"" },
        { "a path without quotes", "path /data/x", "1:6 \"/\" cannot stand outside of quotes" },
        { "a path without quotes, further on", "path data/x", "1:10 \"/\" cannot stand outside of quotes" },
        { "a backslash in a line", "path C:\\temp", "1:8 after \\ the line must end" },
        { "an unknown escape", "path \"C:\\temp\\dir\"", "1:14 KDL has no \\d" },
        { "an escape at the end", "path \"a\\", "1:8 KDL has no \\" },
        { "a character without braces", "name \"\\u00e9\"", "1:7 \\u wants one to six hexadecimal digits in braces" },
        { "a character without digits", "name \"\\u{}\"", "1:7 \\u wants one to six hexadecimal digits in braces" },
        { "a character with seven digits", "name \"\\u{0000041}\"", "1:7 \\u wants one to six hexadecimal digits in braces" },
        { "half a character", "name \"\\u{d800}\"", "1:7 \\u{d800} is no character" },
        { "a character too far", "name \"\\u{110000}\"", "1:7 \\u{110000} is no character" },
        { "an amount without quotes", "memory 4g", "1:8 4g is not how KDL writes a number" },
        { "a time without quotes", "runtime 01:30:00", "1:9 01:30:00 is not how KDL writes a number" },
        { "a number that begins with a point", "a -.5", "1:3 -.5 is not how KDL writes a number" },
        { "a number that ends with a point", "a 5.", "1:3 5. is not how KDL writes a number" },
        { "a hexadecimal number without digits", "a 0x_1", "1:3 0x_1 is not how KDL writes a number" },
        { "an octal number with a nine", "a 0o9", "1:3 0o9 is not how KDL writes a number" },
        { "a bare infinity", "a inf", "1:3 inf is no text without quotes" },
        { "an unknown keyword", "a #yes", "1:3 KDL has no value \"#yes\"" },
        { "a lone hash", "a # b", "1:3 KDL has no value \"#\"" },
        { "a control character", "a \"b\u0001\"", "1:5 the character U+0001 cannot stand in KDL" },
        { "a turned direction", "a b\u202ec", "1:4 the character U+202E cannot stand in KDL" },
        { "a mark in a comment", "a // \u200e", "1:6 the character U+200E cannot stand in KDL" },
        { "a mark in a block comment", "a /* \ufeff */", "1:6 the character U+FEFF cannot stand in KDL" },
        { "nothing to leave out", "a { b /- }", "1:7 nothing follows that this \"/-\" could leave out" },
        { "nothing to leave out at the end", "a /-", "1:3 nothing follows that this \"/-\" could leave out" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_read_as(string written, string expected)
    {
        string text = $"node {written}\nnext";

        var nodes = Parse(text);

        Assert.Equal(["node", "next"], nodes.Select(node => node.Name));
        var value = Assert.Single(nodes[0].Arguments);
        Assert.Equal(expected, $"{value.Kind} {value.Text}");
        int typeLength = written.LastIndexOf(')') + 1;
        Assert.Equal(written[typeLength..].TrimStart(), text[value.At.Start..value.At.End]);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_the_only_problem_and_has_its_place(string what, string text, string expected)
    {
        var problems = new SpecProblems(new SpecText(text));

        Assert.Null(KdlNodeReader.Read(problems));

        var problem = Assert.Single(problems.ToList());
        string described = string.Create(CultureInfo.InvariantCulture, $"{problem.Line}:{problem.Column} {problem.Message}");
        Assert.StartsWith(expected, described, StringComparison.Ordinal);
        Assert.Equal((DiagnosticCodes.Syntax, ""), (problem.Code, problem.Path));
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("memory 4g", "write \"4g\" if it is a text")]
    [InlineData("exit_codes 1, 2", "KDL has no commas between values")]
    [InlineData("a -.5", "write 0 before the point")]
    [InlineData("a nan", "write #nan for the number, \"nan\" for the text")]
    [InlineData("a #True", "write #true")]
    [InlineData("a #yes", "a comment begins with //, and a text with # stands in double quotes")]
    [InlineData("# a", "a comment begins with //")]
    [InlineData("depends_on [a]", "write the values one after the other, as in  depends_on \"a\" \"b\"")]
    [InlineData("a \u202e", "write it as \\u{202e} inside quotes, or remove it")]
    [InlineData("a ##\"b", "end it with \"## on the same line")]
    public void The_help_says_what_to_write(string text, string expected)
    {
        var problems = new SpecProblems(new SpecText(text));

        KdlNodeReader.Read(problems);

        Assert.Equal(expected, Assert.Single(problems.ToList()).Help);
    }

    [Fact]
    public void Nodes_have_values_properties_and_blocks() => Assert.Equal(
        """
        plain one two 3 null
        after
        node last key=1 quoted key=raw more=true
        block 1 {
        inner {
        deepest -1.5e3
        }
        left in
        }
        lines one
          two é 
        old C:\temp say "hi" true null

        """,
        Describe(Parse(Everything)));

    [Theory]
    [InlineData("a{b;c 1;};d", "a {\nb\nc 1\n}\nd\n")]
    [InlineData("a {b}", "a {\nb\n}\n")]
    [InlineData("a {}; ; b", "a {\n}\nb\n")]
    [InlineData("a /* 1 */ 2/* 3 */\\\n 4 // 5\nb", "a 2 4\nb\n")]
    [InlineData("a \\ // the line goes on\n b \\", "a b\n")]
    [InlineData("a b = 1 c= 2 d =3", "a b=1 c=2 d=3\n")]
    [InlineData("a \"b\"=1 #\"c\"#=(t)2", "a b=1 c=2\n")]
    [InlineData("a b=1 b=2", "a b=1 b=2\n")]
    [InlineData("/-a { b }\nc", "c\n")]
    [InlineData("/- // here\n a 1\nc", "c\n")]
    [InlineData("a /-{ b } { c } /-{ d }\n", "a {\nc\n}\n")]
    [InlineData("a /- 1 /- b=2 3", "a 3\n")]
    [InlineData("a/**/1", "a 1\n")]
    [InlineData("\"a b\" 1\n#\"c\"# 2", "a b 1\nc 2\n")]
    [InlineData("a 1\r\nb 2\rc 3\u0085d 4\u2028e 5\u000cf", "a 1\nb 2\nc 3\nd 4\ne 5\nf\n")]
    [InlineData("a\u00a01\u30002", "a 1 2\n")]
    [InlineData("/- kdl-version 1\na true", "a true\n")]
    [InlineData("/- kdl-version 1\na \"b\n c\" d\n", "a b\n c d\n")]
    [InlineData("a \"b\r\n  c\\n\\\"\nd\" // e", "a b\n  c\n\"\nd\n")]
    [InlineData("a \"b\nc\" { d \"e\nf\"}", "a b\nc {\nd e\nf\n}\n")]
    [InlineData("", "")]
    [InlineData("// nothing\n/* at all */", "")]
    public void Spaces_comments_and_ends_of_nodes_may_be_written_as(string text, string expected) => Assert.Equal(expected, Describe(Parse(text)));

    [Fact]
    public void Everything_knows_its_place()
    {
        const string text = "job \"a\" \"key\"=#true {\n}";

        var job = Assert.Single(Parse(text));

        Assert.Equal(
            ["job", "\"a\"", "\"key\"", "#true", "{"],
            new[] { job.NameAt, job.Arguments[0].At, job.Properties[0].KeyAt, job.Properties[0].Value.At, job.BlockAt!.Value }.Select(at => text[at.Start..at.End]));
    }

    [Theory]
    [InlineData("a {")]
    [InlineData("/-a {")]
    [InlineData("a /-{")]
    public void A_million_levels_are_refused_at_the_65th(string level)
    {
        var problems = new SpecProblems(new SpecText(string.Concat(Enumerable.Repeat(level, 1_000_000))));

        Assert.Null(KdlNodeReader.Read(problems));

        var problem = Assert.Single(problems.ToList());
        Assert.Equal((DiagnosticCodes.Limit, (64 * level.Length) + level.Length), (problem.Code, problem.Column));
        Assert.Equal("nested deeper than 64 levels", problem.Message);
    }

    [Fact]
    public void Sixty_four_levels_are_read()
    {
        string text = string.Concat(Enumerable.Repeat("a {", 64)) + new string('}', 64);

        Assert.Equal(64, Describe(Parse(text)).Split('{').Length - 1);
    }

    [Theory]
    [InlineData("a;")]
    [InlineData("a 1 2 b=3 /-4;")]
    public void More_values_than_the_limit_are_refused(string node)
    {
        var problems = new SpecProblems(new SpecText(string.Concat(Enumerable.Repeat(node, SpecLimits.Nodes + 1))));

        Assert.Null(KdlParser.Parse(problems, new NodeBudget()));

        Assert.Equal("the document has more than 8,000,000 values", Assert.Single(problems.ToList()).Message);
    }

    /// <summary>Texts that a reader which looks back, or looks ahead without end, needs the square of their length for.</summary>
    [Theory]
    [InlineData("/*", "")]
    [InlineData("/**/", "")]
    [InlineData("#", "a ")]
    [InlineData("\"#", "a ##\"")]
    [InlineData("\"\"", "a #\"\"\"\n")]
    [InlineData(" \\s", "a \"\"\"\n")]
    [InlineData("\\ \n", "a \"")]
    [InlineData("\\\n", "a ")]
    [InlineData(" /**/", "a b")]
    [InlineData("1_", "a ")]
    [InlineData("0", "a 0x")]
    [InlineData("(", "")]
    [InlineData("\n \n", "a \"\"\"\n")]
    [InlineData("/-", "")]
    [InlineData("a ", "")]
    [InlineData("a=1 ", "b ")]
    [InlineData("r#", "")]
    public void Time_grows_with_the_length_and_no_faster(string repeated, string before)
    {
        string text = before + string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length));
        var watch = Stopwatch.StartNew();

        KdlNodeReader.Read(new SpecProblems(new SpecText(text)));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"it took {watch.Elapsed}");
    }

    [Fact]
    public void Every_prefix_of_a_document_is_read_or_refused()
    {
        for (int length = 0; length <= Everything.Length; length++)
        {
            CheckReading(Everything[..length]);
            CheckReading(Everything[length..]);
        }
    }

    [Fact]
    public void Scraps_of_notation_in_any_order_never_break_the_reader() =>
        Scrap.Array[0, 30].Sample(scraps => CheckReading(string.Concat(scraps)), iter: 5_000);

    private static void CheckReading(string text)
    {
        var spec = new SpecText(text);
        var problems = new SpecProblems(spec);

        var root = KdlNodeReader.Read(problems);

        Assert.True(root is not null || problems.HasErrors || Parse(text).Count == 0);
        foreach (var problem in problems.ToList())
        {
            Assert.InRange(problem.Line!.Value, 1, text.Count(character => character == '\n') + 1);
            Assert.True(problem.Column >= 1 && problem.EndColumn > problem.Column);
            Assert.DoesNotContain(problem.Message + problem.Help, char.IsControl);
        }
    }

    private static IReadOnlyList<KdlNode> Parse(string text)
    {
        var problems = new SpecProblems(new SpecText(text));

        var nodes = KdlParser.Parse(problems, new NodeBudget());

        Assert.Empty(problems.ToList());
        return nodes!;
    }

    private static string Describe(IReadOnlyList<KdlNode> nodes) => string.Concat(nodes.Select(node =>
        node.Name
        + string.Concat(node.Arguments.Select(argument => $" {argument.Text}"))
        + string.Concat(node.Properties.Select(property => $" {property.Key}={((SpecNode.Scalar)property.Value).Text}"))
        + (node.BlockAt is null ? "\n" : $" {{\n{Describe(node.Children)}}}\n")));
}
