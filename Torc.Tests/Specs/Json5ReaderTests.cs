using System.Globalization;
using System.Text;
using CsCheck;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class Json5ReaderTests
{
    private const string Workflow = """
        // Two jobs, written by hand.
        {
          name: 'twin', /* a name
                           of two lines */
          jobs: [
            {name: "first", command: 'sh first.sh "$HOME" \
        --fast', output_files: ['raw',], priority: +0x10},
            {name: 'second', command: 'it\'s', input_files: ["raw"], depends_on: [], priority: -3,},
          ],
          files: [{name: 'raw', path: 'raw.txt'}],
          user_data: [{name: 'd', data: {half: .5, five: 5., $big: 0xFFFFFFFFFFFFFFFFFF, 'a-b': null}}],
        }
        // The end

        """;

    /// <summary>What JSON5 has and JSON has not, beside the same in JSON.</summary>
    public static TheoryData<string, string, string> Accepted() => new()
    {
        { "line comment", "// a\n{} // b", "{}" },
        { "line comment that ends with CR", "//a\r{}", "{}" },
        { "line comment that ends with a line separator", "//a\u2028{}", "{}" },
        { "line comment that ends with a paragraph separator", "//a\u2029{}", "{}" },
        { "block comment", "/**/{/* // */a/***/:/*\n*/1/* * / */}/*/*/", """{"a":1}""" },
        { "comments beside each other", "/*a*//*b*///c\n/*d*/[]", "[]" },
        { "comment after a number", "[1/*a*/,2//b\n]", "[1,2]" },
        { "comment mark in a text", "['/*', \"//\"]", """["/*","//"]""" },
        { "trailing comma in an object", "{a: 1 , }", """{"a":1}""" },
        { "trailing comma in a list", "[1,// last\n]", "[1]" },
        { "white space", "\t\v\f \u00a0\ufeff\n\r\u2028\u2029\u1680\u2000\u200a\u202f\u205f\u3000[\v]\ufeff", "[]" },
        { "bare key", "{name: 1}", """{"name":1}""" },
        { "bare key of signs", "{$_: 1, _$2: 2}", """{"$_":1,"_$2":2}""" },
        { "bare key of letters of any script", "{ключ: 1, ǅ: 2, ʰ: 3, 名: 4, Ⅷ: 5, 𝒳: 6}", """{"ключ":1,"ǅ":2,"ʰ":3,"名":4,"Ⅷ":5,"𝒳":6}""" },
        { "bare key with marks, digits, ties and joiners", "{e\u0301\u0903٣‿\u200c\u200d: 1}", "{\"e\u0301\u0903٣‿\u200c\u200d\":1}" },
        { "bare key with escapes", @"{\u006eam\u0065: 1, a\u0301: 2, \ud835\udcb3x: 3}", "{\"name\":1,\"a\u0301\":2,\"𝒳x\":3}" },
        { "reserved word as key", "{null: 1, true: 2, NaN: 3}", """{"null":1,"true":2,"NaN":3}""" },
        { "key in single quotes", @"{'a-b\'': 1}", """{"a-b'":1}""" },
        { "single quotes", """['a"b', 'it\'s', '']""", """["a\"b","it's",""]""" },
        { "single quote in double quotes", """["it's"]""", """["it's"]""" },
        { "line continuation", "['a\\\nb', 'a\\\r\nb', 'a\\\rb', 'a\\\u2028b', 'a\\\u2029b', 'a\\\n\\\nb']", """["ab","ab","ab","ab","ab","ab"]""" },
        { "escapes of JSON", """['\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00']""", """["\"\\/\b\f\n\r\té😀"]""" },
        { "escapes of JSON5", @"['\'\v\x41\xfF']", """["'\u000bA\u00ff"]""" },
        { "NUL", @"['\0', '\0a', '\0\x31']", """["\u0000","\u0000a","\u00001"]""" },
        { "character that stands for itself", @"['\a\C\ \/\😀\$']", """["aC /😀$"]""" },
        { "raw tab and separators", "['a\tb\u2028c\u2029d\u0001']", "[\"a\\tb\u2028c\u2029d\\u0001\"]" },
        { "plus", "[+1, +1.5e3, +0]", "[1,1.5e3,0]" },
        { "decimal point without digits before it", "[.5, -.5, +.25E-2]", "[0.5,-0.5,0.25E-2]" },
        { "decimal point without digits behind it", "[5., -0., 5.e+3]", "[5.0,-0.0,5.0e+3]" },
        { "hexadecimal", "[0x10, 0XfF, -0x1, +0xA, 0x0, 0x00ff, 0xdecaf]", "[16,255,-1,10,0,255,912559]" },
        { "great hexadecimal", "[0xFFFFFFFFFFFFFFFFFFFF]", "[1208925819614629174706175]" },
        { "numbers of JSON", "[0, -0, 1.50, 1e-5]", "[0,-0,1.50,1e-5]" },
        { "any value at the top", "'a'", "\"a\"" },
        { "words", "[null, true, false]", "[null,true,false]" },
    };

    public static TheoryData<string, string, string> Refused() => new()
    {
        { "nothing behind the opening", "{", "1:1-2 this \"{\" is never closed|a \"}\" is missing" },
        { "open list behind a comma", "\n[1, // more\n", "2:1-2 this \"[\" is never closed|a \"]\" is missing" },
        { "open object behind a value", "{a: 1 /* here */", "1:1-2 this \"{\" is never closed|a \"}\" is missing" },
        { "open comment at the start", " /*", "1:2-4 this comment is never closed|end it with */" },
        { "open comment of one star", "{} /*/", "1:4-6 this comment is never closed|end it with */" },
        { "open comment before a key", "{\n/* a: 1\n}", "2:1-3 this comment is never closed|end it with */" },
        { "open comment behind a key", "{a /* : 1}", "1:4-6 this comment is never closed|end it with */" },
        { "open comment before a value", "{a: /* 1}", "1:5-7 this comment is never closed|end it with */" },
        { "open comment behind a value", "[1 /* ]\n\n", "1:4-6 this comment is never closed|end it with */" },
        { "open comment behind a comma", "[1, /* ]", "1:5-7 this comment is never closed|end it with */" },
        { "open comment behind a closed one", "[/* a */ /* ]", "1:10-12 this comment is never closed|end it with */" },
        { "single slash", "[1 / 2]", "1:4-5 \"/\" begins no comment|write // before a comment, or put it between /* and */" },
        { "slash at the end", "{a: 1, /", "1:8-9 \"/\" begins no comment|write // before a comment, or put it between /* and */" },
        { "comment of other notations", "{\n# a\n}", "2:1-2 \"#\" begins no comment|write // before a comment, or put it between /* and */" },
        { "comma alone", "[,]", "1:2-3 a value is expected here, not \",\"|" },
        { "comma alone in an object", "{,}", "1:2-3 a key is expected here, not \",\"|" },
        { "two commas", "[1,,]", "1:4-5 a value is expected here, not \",\"|" },
        { "two commas in an object", "{a: 1,,}", "1:7-8 a key is expected here, not \",\"|" },
        { "no comma", "{a: 1\n b: 2}", "1:6-7 comma expected, or \"}\"|" },
        { "no colon", "{a 1}", "1:3-4 \":\" expected after the key \"a\"|" },
        { "no value", "{a: /* none */}", "1:2-3 the key \"a\" has no value|" },
        { "text after the end", "{} {}", "1:4-5 nothing may follow the end of the document|" },
        { "slash after the end", "{} /", "1:4-5 nothing may follow the end of the document|" },
        { "wrong closing", "[1}", "1:3-4 comma expected, or \"]\"|" },
        { "key with a hyphen", "{my-key: 1}", "1:2-8 the key \"my-key\" stands in quotes|only letters, digits, _ and $ need none" },
        { "key that begins with a digit", "{2nd: 1}", "1:2-5 the key \"2nd\" stands in quotes|only letters, digits, _ and $ need none" },
        { "key with a dot behind an escape", @"{\u0061.b: 1}", "1:2-10 the key \"\\u0061.b\" stands in quotes|only letters, digits, _ and $ need none" },
        { "key that begins with a mark", "{\u0301: 1}", "1:2-3 a key is expected here, not \"\u0301\"|" },
        { "key that begins with a joiner", "{\u200d: 1}", "1:2-3 a key is expected here, not U+200D|" },
        { "key that is no name", "{😀: 1}", "1:2-3 a key is expected here, not \"😀\"|" },
        { "key with an escaped hyphen", @"{a\u002db: 1}", "1:3-9 a key with \\u002d stands in quotes|" },
        { "key that begins with an escaped digit", @"{\u0031: 1}", "1:2-8 a key with \\u0031 stands in quotes|" },
        { "key with a short escape", @"{a\u00: 1}", "1:3-5 \\u wants four hexadecimal digits|" },
        { "key with another escape", @"{a\x41: 1}", "1:3-5 \\u wants four hexadecimal digits|" },
        { "key with half a character", @"{\ud835x: 1}", "1:2-8 \\ud835 is half of a character|write both halves, or the character itself" },
        { "line end in a text", "{a: 'b\n'}", "1:5-6 this text is never closed|end it with ' on the same line; write a line break as \\n" },
        { "carriage return in a text", "{a: \"b\r\"}", "1:5-6 this text is never closed|end it with \" on the same line; write a line break as \\n" },
        { "open text", "['a\"", "1:2-3 this text is never closed|end it with ' on the same line; write a line break as \\n" },
        { "open text behind a line continuation", "['a\\\nb", "1:2-3 this text is never closed|end it with ' on the same line; write a line break as \\n" },
        { "open text that ends with a backslash", "['a\\", "1:2-3 this text is never closed|end it with ' on the same line; write a line break as \\n" },
        { "open text that ends with an escaped quote", @"['a\'", "1:2-3 this text is never closed|end it with ' on the same line; write a line break as \\n" },
        { "octal escape", @"['a\1']", "1:4-6 JSON5 has no \\1|write \\\\ for a backslash" },
        { "nine", @"['\9']", "1:3-5 JSON5 has no \\9|write \\\\ for a backslash" },
        { "NUL before a digit", @"['a\07']", "1:4-7 JSON5 has no \\07|write \\\\ for a backslash" },
        { "short escape in hexadecimal", @"['a\x4']", "1:4-6 \\x wants two hexadecimal digits|" },
        { "escape in hexadecimal at the end", @"['a\x", "1:4-6 \\x wants two hexadecimal digits|" },
        { "short escape of a character", @"['a\u004']", "1:4-6 \\u wants four hexadecimal digits|" },
        { "half a character", @"['\ud83d😀']", "1:3-9 \\ud83d is half of a character|write both halves, or the character itself" },
        { "number that looks octal", "[\n 010]", "2:2-5 010 is not how JSON5 writes a number|write 10" },
        { "signed number that looks octal", "[-010]", "1:2-6 -010 is not how JSON5 writes a number|write -10" },
        { "octal number of YAML", "[0o17]", "1:2-6 0o17 is not how JSON5 writes a number|write 15" },
        { "number with underscores", "[1_000]", "1:2-7 1_000 is not how JSON5 writes a number|write 1000" },
        { "fraction that looks octal", "[00.5]", "1:2-6 \"00.5\" is not a JSON5 value|a text stands in quotes" },
        { "hexadecimal without digits", "[0x]", "1:2-4 \"0x\" is not a JSON5 value|a text stands in quotes" },
        { "hexadecimal fraction", "[0x1.8]", "1:2-7 \"0x1.8\" is not a JSON5 value|a text stands in quotes" },
        { "decimal point alone", "[.]", "1:2-3 \".\" is not a JSON5 value|a text stands in quotes" },
        { "sign alone", "[- 1]", "1:2-3 \"-\" is not a JSON5 value|a text stands in quotes" },
        { "two signs", "[+-1]", "1:2-5 \"+-1\" is not a JSON5 value|a text stands in quotes" },
        { "exponent alone", "[.e1]", "1:2-5 \".e1\" is not a JSON5 value|a text stands in quotes" },
        { "exponent without digits", "[1e+]", "1:2-5 \"1e+\" is not a JSON5 value|a text stands in quotes" },
        { "bare text", "{a: hello}", "1:5-10 \"hello\" is not a JSON5 value|a text stands in quotes" },
        { "word of Python", "{a: True, b: None}", "1:5-9 \"True\" is not a JSON5 value|write true" },
        { "no word of JSON5", "[infinity]", "1:2-10 \"infinity\" is not a JSON5 value|a text stands in quotes" },
        { "escaped word", @"[tru\u0065]", "1:2-5 \"tru\" is not a JSON5 value|a text stands in quotes" },
        { "next line of Unicode is no white space", "[\u00851]", "1:2-3 a value is expected here, not U+0085|" },
        { "zero width space is no white space", "[\u200b1]", "1:2-3 a value is expected here, not U+200B|" },
    };

    /// <summary>What only JSON5 has: strict JSON refuses it, and says where it would be right.</summary>
    public static TheoryData<string, string, string> OnlyInJson5() => new()
    {
        { "{} // a", "1:4-5 nothing may follow the end of the document|", "{}" },
        { "{// a\n}", "1:2-3 JSON has no comments|remove it, or save the file as .json5", "{}" },
        { "[1 /* a */]", "1:4-5 JSON has no comments|remove it, or save the file as .json5", "[1]" },
        { "[1,]", "1:3-4 JSON has no comma before \"]\"|remove the comma, or save the file as .json5", "[1]" },
        { "{\"a\": 1,}", "1:8-9 JSON has no comma before \"}\"|remove the comma, or save the file as .json5", """{"a":1}""" },
        { "['a']", "1:2-3 JSON text stands in double quotes|write \" in place of ', or save the file as .json5", """["a"]""" },
        { "{'a': 1}", "1:2-3 JSON text stands in double quotes|write \" in place of ', or save the file as .json5", """{"a":1}""" },
        { "{a: 1}", "1:2-3 a key stands in double quotes|write \"a\", or save the file as .json5", """{"a":1}""" },
        { "[\"a\tb\"]", "1:4-5 a tab inside a text is written \\t|", """["a\tb"]""" },
        { "[\"\\x41\"]", "1:3-5 JSON has no \\x|write \\\\ for a backslash", """["A"]""" },
        { "[\"a\\\nb\"]", "1:4-5 JSON has no \\\\n|write \\\\ for a backslash", """["ab"]""" },
        { "[\u00a01]", "1:2-3 a value is expected here, not \"\u00a0\"|", "[1]" },
        { "[+1]", "1:2-4 +1 is not how JSON writes a number|write 1", "[1]" },
        { "[0x10]", "1:2-6 0x10 is not how JSON writes a number|write 16", "[16]" },
        { "[.5]", "1:2-4 \".5\" is not a JSON value|a text stands in double quotes", "[0.5]" },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void What_people_write_by_hand_reads_as_the_JSON_that_it_means(string what, string json5, string json)
    {
        Assert.Equal(Print(Read(json, JsonDialect.Json)), Print(Read(json5, JsonDialect.Json5)));
        Assert.NotEmpty(what);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_mistake_is_told_with_its_place_and_how_to_mend_it(string what, string json5, string expected)
    {
        Assert.Equal($"{DiagnosticCodes.Syntax} {expected}", OnlyProblem(json5, JsonDialect.Json5));
        Assert.NotEmpty(what);
    }

    [Theory]
    [MemberData(nameof(OnlyInJson5))]
    public void Strict_JSON_stays_strict_and_points_to_JSON5(string text, string problem, string json)
    {
        Assert.Equal($"{DiagnosticCodes.Syntax} {problem}", OnlyProblem(text, JsonDialect.Json));
        Assert.Equal(Print(Read(json, JsonDialect.Json)), Print(Read(text, JsonDialect.Json5)));
    }

    [Fact]
    public void Every_row_has_a_name_of_its_own()
    {
        string[] names = [.. Accepted().Select(row => row.Data.Item1), .. Refused().Select(row => row.Data.Item1)];

        Assert.Equal(names, names.Distinct());
    }

    [Fact]
    public void A_workflow_written_by_hand_is_read()
    {
        var problems = Problems(Workflow);
        var workflow = new WorkflowBinder(problems).Bind(JsonNodeReader.Read(problems, JsonDialect.Json5)!)?.Graph?.Definition;

        Assert.Empty(problems.ToList());
        Assert.Equal("twin", workflow!.Name);
        Assert.Equal(
            [("first", "sh first.sh \"$HOME\" --fast", 16), ("second", "it's", -3)],
            workflow.Jobs.Select(job => (job.Name, job.Command, job.Priority)));
        Assert.Equal([0], workflow.Graph.BlockersOf(1).ToArray());
        Assert.Equal("""{"half":0.5,"five":5.0,"$big":4722366482869645213695,"a-b":null}""", workflow.UserData[0].Data);
    }

    [Theory]
    [InlineData("Infinity", "Infinity")]
    [InlineData("+Infinity", "+Infinity")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("NaN", "NaN")]
    [InlineData("+NaN", "+NaN")]
    [InlineData("-NaN", "-NaN")]
    public void A_number_without_end_is_read_and_refused_by_whoever_wants_a_number(string written, string expected)
    {
        var problems = Problems($"{{name: 'w', jobs: [{{name: 'j', command: 'x', priority: {written}}}], user_data: [{{name: 'd', data: [{written}]}}]}}");
        var root = JsonNodeReader.Read(problems, JsonDialect.Json5)!;
        var job = (SpecNode.Mapping)((SpecNode.Sequence)((SpecNode.Mapping)root).Find("jobs")!.Value.Value).Items[0];

        new WorkflowBinder(problems).Bind(root);

        Assert.Equal(expected, ((SpecNode.Scalar)job.Find("priority")!.Value.Value).Text);
        var errors = problems.ToList().Where(problem => problem.Severity == Severity.Error).ToList();
        Assert.All(errors, error => Assert.Equal(DiagnosticCodes.BadValue, error.Code));
        Assert.Equal(
            [$"priority is out of range: \"{expected}\" is not between -2147483648 and 2147483647", $"the number {expected} is out of range"],
            errors.Select(error => error.Message));
    }

    [Fact]
    public void A_hexadecimal_number_beyond_every_double_is_endless()
    {
        Assert.Equal($"[{(System.Numerics.BigInteger.One << 1024) - 1}]", Print(Read($"[0x000{new string('f', 256)}]", JsonDialect.Json5)));
        Assert.Equal("[Infinity]", Print(Read($"[+0x1{new string('0', 256)}]", JsonDialect.Json5)));
        Assert.Equal("[-Infinity]", Print(Read($"[-0x1{new string('0', 1_000_000)}]", JsonDialect.Json5)));
        Assert.Equal("[-1]", Print(Read($"[-0x{new string('0', 1_000_000)}1]", JsonDialect.Json5)));
    }

    [Fact]
    public void Places_are_those_of_the_text_as_it_was_written()
    {
        const string Text = """
            {/* x */ n\u0061me: +0x10, // y
              'b': [ .5, 'c\
            d', NaN ]}
            """;
        var entries = ((SpecNode.Mapping)Read(Text, JsonDialect.Json5)).Entries;
        var items = ((SpecNode.Sequence)entries[1].Value).Items;

        Assert.Equal(["name", "b"], entries.Select(entry => entry.Key));
        Assert.Equal(
            [@"n\u0061me", "+0x10", "'b'", "[", ".5", "'c\\\nd'", "NaN"],
            new[] { entries[0].KeyAt, entries[0].Value.At, entries[1].KeyAt, entries[1].Value.At, items[0].At, items[1].At, items[2].At }
                .Select(at => Text[at.Start..at.End]));
    }

    [Fact]
    public void A_key_is_the_same_key_however_it_is_written()
    {
        var problems = Problems("{a: 1,\n 'a': 2,\n \"a\": 3,\n \\u0061: 4}");
        JsonNodeReader.Read(problems, JsonDialect.Json5);

        Assert.Equal(
            [(DiagnosticCodes.DuplicateKey, 2, 2, 5), (DiagnosticCodes.DuplicateKey, 3, 2, 5), (DiagnosticCodes.DuplicateKey, 4, 2, 8)],
            problems.ToList().Select(problem => (problem.Code, problem.Line!.Value, problem.Column!.Value, problem.EndColumn!.Value)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u00a0\v")]
    [InlineData("// nothing")]
    [InlineData("/* nothing */\n")]
    public void A_text_that_says_nothing_has_no_tree_and_no_problem(string text)
    {
        var problems = Problems(text);

        Assert.Null(JsonNodeReader.Read(problems, JsonDialect.Json5));
        Assert.Empty(problems.ToList());
    }

    [Fact]
    public void Strict_JSON_means_the_same_in_JSON5()
    {
        string diamond = File.ReadAllText(Repository.PathTo("samples", "diamond", "diamond.json"));

        Assert.Equal(Print(Read(diamond, JsonDialect.Json)), Print(Read(diamond, JsonDialect.Json5)));
    }

    [Fact]
    public void Depth_64_is_still_read_and_the_65th_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("[{a:", 32));
        string end = string.Concat(Enumerable.Repeat(",}/**/,]", 32));

        Assert.NotNull(Read($"{deep}1{end}", JsonDialect.Json5));
        Assert.Equal($"{DiagnosticCodes.Limit} 1:129-130 nested deeper than 64 levels|", OnlyProblem($"{deep}[]{end}", JsonDialect.Json5));
    }

    [Fact]
    public void Two_million_values_are_the_limit()
    {
        string items = string.Concat(Enumerable.Repeat("'',", SpecLimits.Nodes - 1));

        Assert.NotNull(Read($"[{items}]", JsonDialect.Json5));
        string place = string.Create(CultureInfo.InvariantCulture, $"1:{items.Length + 2}-{items.Length + 3}");
        Assert.Equal($"{DiagnosticCodes.Limit} {place} the document has more than 8,000,000 values|", OnlyProblem($"[{items}'']", JsonDialect.Json5));
    }

    /// <summary>Each would take hours, or all the stack, if its pieces were not read once and in a loop.</summary>
    [Theory]
    [InlineData("", "/**/", "[]", true)]
    [InlineData("", "//\n", "[]", true)]
    [InlineData("", "/*", "", false)]
    [InlineData("", "/*\n", "*/[]", true)]
    [InlineData("[1", "/", "]", false)]
    [InlineData("[", "1,/**/", "]", true)]
    [InlineData("['", "\\\n", "']", true)]
    [InlineData("['", "\\a", "", false)]
    [InlineData("{", "\\u0061", ": 1}", true)]
    [InlineData("{a", "\u0301", ": 1}", true)]
    [InlineData("{a", "-", ": 1}", false)]
    [InlineData("[0x", "f", "]", true)]
    [InlineData("[.", "0", "]", true)]
    [InlineData("[0", "_0", "]", false)]
    [InlineData("", "[", "", false)]
    [InlineData("", "{a:", "", false)]
    public void A_million_of_anything_is_read_in_linear_time(string before, string piece, string after, bool isFine)
    {
        var problems = Problems($"{before}{string.Concat(Enumerable.Repeat(piece, 1_000_000))}{after}");

        var root = JsonNodeReader.Read(problems, JsonDialect.Json5);

        Assert.Equal(isFine, root is not null && !problems.HasErrors);
        Assert.Equal(isFine, problems.ToList().Count == 0);
    }

    [Fact]
    public void A_tree_written_in_any_style_reads_as_the_same_tree() => Gen.Select(Json5Writing.Trees, Gen.Int).Sample(
        (tree, style) =>
        {
            string text = new Json5Writing(new Random(style)).Write(tree);

            Assert.Equal(Print(tree), Print(Read(text, JsonDialect.Json5)));
        },
        iter: 3_000);

    [Fact]
    public void Every_part_of_a_document_up_to_its_end_is_refused_at_a_place_inside() => Gen.Select(Json5Writing.Trees, Gen.Int).Sample(
        (tree, style) => CheckParts("{" + $"a:{new Json5Writing(new Random(style)).Write(tree)}" + "}"),
        iter: 200);

    [Fact]
    public void Every_part_of_a_workflow_up_to_its_end_is_refused_at_a_place_inside() =>
        CheckParts(Workflow[Workflow.IndexOf('{', StringComparison.Ordinal)..(Workflow.LastIndexOf('}') + 1)]);

    [Fact]
    public void Scraps_of_notation_in_any_order_never_break_the_reader() => Json5Writing.Scraps.Array[0, 30].Sample(
        scraps =>
        {
            var problems = Problems(string.Concat(scraps));

            var root = JsonNodeReader.Read(problems, JsonDialect.Json5);

            Assert.True(root is not null || CheckPlaces(problems) || problems.ToList().Count == 0);
        },
        iter: 20_000);

    private static void CheckParts(string text)
    {
        for (int length = 1; length < text.Length; length++)
        {
            var problems = Problems(text[..length]);

            Assert.Null(JsonNodeReader.Read(problems, JsonDialect.Json5));
            Assert.True(CheckPlaces(problems), text[..length]);
        }
    }

    /// <returns>Whether there is a problem at all.</returns>
    private static bool CheckPlaces(SpecProblems problems)
    {
        string[] lines = problems.Text.Text.Split('\n');
        foreach (var problem in problems.ToList())
        {
            Assert.InRange(problem.Line!.Value, 1, lines.Length);
            Assert.InRange(problem.Column!.Value, 1, lines[problem.Line.Value - 1].Length + 1);
            Assert.True(problem.EndColumn > problem.Column);
            Assert.DoesNotContain(problem.Message, char.IsControl);
        }

        return problems.HasErrors;
    }

    private static SpecProblems Problems(string text) => new(new SpecText(text));

    private static SpecNode Read(string text, JsonDialect dialect)
    {
        var problems = Problems(text);

        var root = JsonNodeReader.Read(problems, dialect);

        Assert.Empty(problems.ToList());
        return root!;
    }

    private static string OnlyProblem(string text, JsonDialect dialect)
    {
        var problems = Problems(text);

        Assert.Null(JsonNodeReader.Read(problems, dialect));
        var problem = Assert.Single(problems.ToList());
        return string.Create(
            CultureInfo.InvariantCulture, $"{problem.Code} {problem.Line}:{problem.Column}-{problem.EndColumn} {problem.Message}|{problem.Help}");
    }

    private static string Print(SpecNode node) => node switch
    {
        SpecNode.Mapping mapping => $"{{{string.Join(',', mapping.Entries.Select(entry => $"{PrintText(entry.Key)}:{Print(entry.Value)}"))}}}",
        SpecNode.Sequence sequence => $"[{string.Join(',', sequence.Items.Select(Print))}]",
        SpecNode.Scalar { Kind: ScalarKind.Text } text => PrintText(text.Text),
        SpecNode.Scalar scalar => $"{scalar.Text}",
        _ => throw new InvalidOperationException(),
    };

    private static string PrintText(string text)
    {
        var printed = new StringBuilder("\"");
        foreach (char character in text)
        {
            printed.Append(char.IsAsciiLetterOrDigit(character) ? $"{character}" : $"\\u{(int)character:x4}");
        }

        return printed.Append('"').ToString();
    }
}
