using System.Globalization;
using System.Text;
using Torc.Shared.Specs;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>What bad input gets: code and place of every problem, in order.</summary>
public sealed class HostileInputTests
{
    private const string Job = """{"name": "j", "command": "true"}""";

    /// <summary>Texts whose mistake is in the notation, or that are no text at all.</summary>
    public static TheoryData<string, string, string, string> Texts() => new()
    {
        { "empty", "a.json", "", "TORC108 1:1 the file is empty; a workflow needs name and jobs" },
        { "blanks", "a.json", " \n\n ", "TORC108 1:1" },
        { "only comments", "a.yaml", "# nothing\n# here\n", "TORC108 1:1" },
        { "null document", "a.yaml", "~\n", "TORC105 1:1 the document must be an object, not null" },
        { "NUL byte", "a.json", "{\"a\0\": 1}", "TORC107 1:4 the file is not text (NUL byte at offset 3)" },
        { "unterminated text", "a.json", "{\n  \"name\": \"x,\n  \"jobs\": []\n}", "TORC100 2:11 this text is never closed" },
        { "unterminated text at the end", "a.json", "{\"name\": \"x", "TORC100 1:10 this text is never closed" },
        { "missing comma", "a.json", "{\n  \"name\": \"x\"\n  \"jobs\": []\n}", "TORC100 2:14 comma expected, or \"}\"" },
        { "trailing comma", "a.json", "{\"name\": \"x\",}", "TORC100 1:13 JSON has no comma before \"}\"" },
        { "trailing comma in a list", "a.json", "{\"jobs\": [1,\n]}", "TORC100 1:12 JSON has no comma before \"]\"" },
        { "unclosed object", "a.json", "{\"name\": \"x\"", "TORC100 1:1 this \"{\" is never closed" },
        { "unclosed list", "a.json", "{\"jobs\": [", "TORC100 1:10 this \"[\" is never closed" },
        { "no value", "a.json", "{\"name\":}", "TORC100 1:2 the key \"name\" has no value" },
        { "no colon", "a.json", "{\"name\" 1}", "TORC100 1:8 \":\" expected after the key \"name\"" },
        { "bare key", "a.json", "{name: 1}", "TORC100 1:2 a key stands in double quotes" },
        { "single quotes", "a.json", "{\"name\": 'x'}", "TORC100 1:10 JSON text stands in double quotes" },
        { "comment", "a.json", "{\n  // here\n}", "TORC100 2:3 JSON has no comments" },
        { "word", "a.json", "{\"name\": True}", "TORC100 1:10 \"True\" is not a JSON value" },
        { "octal", "a.json", "{\"priority\": 010}", "TORC100 1:14 010 is not how JSON writes a number" },
        { "NaN", "a.json", "{\"priority\": NaN}", "TORC100 1:14 \"NaN\" is not a JSON value" },
        { "text after the end", "a.json", "{} {}", "TORC100 1:4 nothing may follow the end of the document" },
        { "bad escape", "a.json", "{\"name\": \"a\\qb\"}", "TORC100 1:12 JSON has no \\q" },
        { "half a character", "a.json", "{\"name\": \"\\ud800\"}", "TORC100 1:11 \\ud800 is half of a character" },
        { "half a character and a letter", "a.json", "{\"name\": \"\\ud83d\\u0041\"}", "TORC100 1:11 \\ud83d is half of a character" },
        { "raw tab", "a.json", "{\"name\": \"a\tb\"}", "TORC100 1:12 a tab inside a text is written \\t" },
        { "tab as indentation", "a.yaml", "name: x\njobs:\n\t- name: j\n", "TORC100 3:1 a tab cannot indent YAML" },
        { "unterminated quote", "a.yaml", "name: 'x\njobs: []\n", "TORC100 1:7 this quote is never closed" },
        { "unclosed flow list", "a.yaml", "name: x\njobs: [\n", "TORC100 2:7 this \"[\" is never closed" },
        { "two documents", "a.yaml", "name: x\njobs: []\n---\nname: y\n", "TORC119 3:1 a second document begins here" },
        { "list at the top", "a.yaml", "- a\n", "TORC105 1:1 the document must be an object, not a list" },
        { "list at the top of JSON", "a.json", "[]", "TORC105 1:1 the document must be an object, not a list" },
        { "text at the top", "a.yaml", "hello", "TORC105 1:1 the document must be an object, not the text \"hello\"" },
        { "tag", "a.yaml", "name: !!python/object x\njobs: []\n", "TORC119 1:7 tags are not allowed" },
        { "tag on a list", "a.yaml", "name: x\njobs: !!seq []\n", "TORC119 2:7 tags are not allowed" },
        { "alias inside its anchor", "a.yaml", "name: x\njobs: &a [*a]\n", "TORC119 2:11 the alias \"a\" stands inside its own anchor" },
        { "alias without anchor", "a.yaml", "name: *x\njobs: []\n", "TORC119 1:7 no anchor \"x\" stands before this alias" },
        { "list as key", "a.yaml", "? [a]\n: b\n", "TORC100 1:3 a key must be a text" },
        { "merge of a text", "a.yaml", "name: x\njobs: []\n<<: y\n", "TORC105 3:5 the merge key << wants an object" },
        { "reserved character", "a.yaml", "name: @x\n", "TORC100 1:7 a value cannot begin with \"@\"" },
        { "colon in a plain value", "a.yaml", "name: a: b\n", "TORC100 1:8 \":\" is not expected here" },
        { "flow list that never ends", "a.yaml", "a: [1, 2\nb: 3", "TORC100" },
        { "duplicate key", "a.json", "{\"name\": \"a\",\n\"jobs\": [],\n\"name\": \"b\"}", "TORC103 3:1 the key \"name\" stands here twice: on line 1 and on line 3" },
        { "duplicate key in YAML", "a.yaml", "name: a\njobs: []\nname: b\n", "TORC103 3:1 the key \"name\" stands here twice: on line 1 and on line 3" },
        { "JSON called YAML", "a.yml", "{\"name\": \"x\", \"jobs\": []}", "TORC129 1:1 \"a.yml\" holds JSON and is read as JSON" },
        { "YAML by its look", "spec", "name: x\njobs: 3\n", "TORC105 2:7 jobs must be a list of jobs, not the number 3" },
        { "JSON by its look", "spec", "{\"name\": 'x'}", "TORC100 1:10 JSON text stands in double quotes" },
    };

    /// <summary>Documents that are right but for one thing: the problem is what stands between the marks.</summary>
    public static TheoryData<string, string, string> Documents() => new()
    {
        { "wrong kind of jobs", $$"""{"name": "w", "jobs": «3»}""", "TORC105 jobs must be a list of jobs, not the number 3" },
        { "a command that is a list", """{"name": "w", "jobs": [{"name": "j", "command": «["a"]»}]}""", "TORC105 command must be a text, not a list" },
        { "a name that is a number", $$"""{"name": «7», "jobs": []}""", "TORC105 name must be a text, not the number 7" },
        { "no name", """«{"jobs": []}»""", "TORC104 the workflow has no \"name\"" },
        { "no jobs", """«{"name": "w"}»""", "TORC104 the workflow has no \"jobs\"" },
        { "no command", """{"name": "w", "jobs": [«{"name": "j"}»]}""", "TORC104 job \"j\" has no \"command\"" },
        { "null name", """{"name": «null», "jobs": []}""", "TORC105 name must have a value" },
        { "unknown key", """{"name": "w", "jobs": [{"name": "j", «"comand"»: "a", "command": "b"}]}""", "TORC101 unknown key \"comand\" in job \"j\"|did you mean \"command\"?" },
        { "swapped letters", """{"name": "w", «"fiels"»: [], "jobs": []}""", "TORC101 unknown key \"fiels\" in the workflow|did you mean \"files\"?" },
        { "two letters missing", """{"name": "w", "jobs": [{"name": "j", «"comnd"»: "a", "command": "b"}]}""", "TORC101 unknown key \"comnd\" in job \"j\"|did you mean \"command\"?" },
        { "two swaps", """{"name": "w", «"desrciptoin"»: "x", "jobs": []}""", "TORC101 unknown key \"desrciptoin\" in the workflow|did you mean \"description\"?" },
        { "the end missing", """{"name": "w", «"descripti"»: "x", "jobs": []}""", "TORC101 unknown key \"descripti\" in the workflow|did you mean \"description\"?" },
        { "too much missing", """{"name": "w", «"descrip"»: "x", "jobs": []}""", "TORC101 unknown key \"descrip\" in the workflow|" },
        { "unknown key like nothing", """{"name": "w", «"banana"»: 1, "jobs": []}""", "TORC101 unknown key \"banana\" in the workflow|" },
        { "key of a later version", """{"name": "w", «"parameters"»: {}, "jobs": []}""", "TORC102 \"parameters\" in the workflow is not read by this version of Torc yet" },
        { "key of a later version in a job", """{"name": "w", "jobs": [{"name": "j", "command": "b", «"scheduler"»: "s"}]}""", "TORC102 \"scheduler\" in job \"j\" is not read by this version of Torc yet" },
        { "two jobs of a name", """{"name": "w", "jobs": [{"name": "j", "command": "b"}, {"name": «"j"», "command": "b"}]}""", "TORC116 two jobs have the name \"j\": on line 1 and on line 1" },
        { "empty name", """{"name": «""», "jobs": []}""", "TORC121 a name must not be empty" },
        { "blank name", """{"name": «"  "», "jobs": []}""", "TORC121 a name must not be empty" },
        { "slash", """{"name": «"a/b"», "jobs": []}""", "TORC121 the name \"a/b\" must not have \"/\" (character 2)" },
        { "folder", """{"name": «".."», "jobs": []}""", "TORC121 \"..\" is no name: it means a folder" },
        { "line break", """{"name": «"a\nb"», "jobs": []}""", "TORC121 the name \"a\\nb\" must not have U+000A (character 2)" },
        { "escape character", """{"name": «"a\u001bb"», "jobs": []}""", "TORC121 the name \"a\\u001bb\" must not have U+001B (character 2)" },
        { "NUL", """{"name": «"a\u0000b"», "jobs": []}""", "TORC121 the name \"a\\u0000b\" must not have U+0000 (character 2)" },
        { "turned direction", "{\"name\": «\"a\u202eb\"», \"jobs\": []}", "TORC121 the name \"a\\u202eb\" must not have U+202E (character 2)" },
        { "zero width", "{\"name\": «\"a\u200bb\"», \"jobs\": []}", "TORC121 the name \"a\\u200bb\" must not have U+200B (character 2)" },
        { "space at the end", """{"name": «"a "», "jobs": []}""", "TORC121 the name \"a \" must not end with a space (character 2)" },
        { "long name", $$$"""{"name": «"{{{new string('x', 256)}}}"», "jobs": []}""", $"TORC121 the name \"{new string('x', 80)}…\" is longer than 255 bytes" },
        { "long name in bytes", $$$"""{"name": «"{{{new string('ж', 128)}}}"», "jobs": []}""", "TORC121 the name" },
        { "device of Windows", """{"name": «"con"», "jobs": []}""", "TORC123 \"con\" is the name of a device on Windows" },
        { "unknown blocker", """{"name": "w", "jobs": [{"name": "work1", "command": "b"}, {"name": "j", "command": "b", "depends_on": [«"wrok1"»]}]}""", "TORC114 job \"j\" depends on job \"wrok1\", which is not there|did you mean \"work1\"?" },
        { "itself as blocker", """{"name": "w", "jobs": [{"name": "j", "command": "b", "depends_on": [«"j"»]}]}""", "TORC117 job \"j\" depends on itself" },
        { "undeclared file", """{"name": "w", "jobs": [{"name": "j", "command": "b", "input_files": [«"f9"»]}]}""", "TORC112 job \"j\" needs file \"f9\", which is not declared|add it to files, with its name and path" },
        { "undeclared file in a command", """{"name": "w", "jobs": [{"name": "j", "command": "cat «${files.input.f9}»"}]}""", "TORC112 job \"j\" needs file \"f9\", which is not declared" },
        { "undeclared data", """{"name": "w", "jobs": [{"name": "j", "command": "b", "output_user_data": [«"d"»]}]}""", "TORC113 job \"j\" produces user data \"d\", which is not declared" },
        { "reference without direction", """{"name": "w", "jobs": [{"name": "j", "command": "cat «${files.f1}»"}]}""", "TORC118 \"${files.f1}\" in job \"j\" is not a reference that Torc knows|write ${files.input.NAME} or ${files.output.NAME}" },
        { "reference that is not closed", """{"name": "w", "jobs": [{"name": "j", "command": "cat «${files.input.f1»"}]}""", "TORC118 \"${files.input.f1\" in job \"j\" is not a reference" },
        { "unknown requirements", """{"name": "w", "jobs": [{"name": "j", "command": "b", "resource_requirements": «"samll"»}], "resource_requirements": []}""", "TORC115 job \"j\" needs resource requirements \"samll\", which are not declared" },
        { "no unit", Needs("""«"4"»"""), "TORC141 memory must have a unit: 4 what?|write 4m or 4g" },
        { "no unit on a number", Needs("«4»"), "TORC141 memory must have a unit: 4 what?|write 4m or 4g" },
        { "no amount", Needs("""«"12 parsecs"»"""), "TORC141 memory must be an amount like 512m or 4g, not \"12 parsecs\"" },
        { "decimal unit", Needs("""«"2GB"»"""), "TORC140 memory \"2GB\" is read as 2 GiB: units are powers of 1024|write 2GiB" },
        { "no duration unit", Needs("\"1g\"", """, "runtime": «90»"""), "TORC142 runtime must have a unit: 90 what?|write 90s, 90m or 90h" },
        { "no CPUs", Needs("\"1g\"", "", "«0»"), "TORC106 num_cpus is out of range: 0 is not between 1 and 2147483647" },
        { "negative CPUs", Needs("\"1g\"", "", "«-1»"), "TORC106 num_cpus is out of range: -1 is" },
        { "half a CPU", Needs("\"1g\"", "", "«1.5»"), "TORC106 num_cpus must be a whole number, not 1.5" },
        { "many CPUs", Needs("\"1g\"", "", "«99999999999999999999»"), "TORC106 num_cpus is out of range" },
        { "endless CPUs", Needs("\"1g\"", "", "«1e309»"), "TORC106 num_cpus is out of range" },
        { "quoted CPUs", Needs("\"1g\"", "", """«"4"»"""), "TORC105 num_cpus must be a whole number, not the text \"4\"|write 4 without quotes" },
        { "negative GPUs", Needs("\"1g\"", """, "num_gpus": «-1»"""), "TORC106 num_gpus is out of range" },
        { "no nodes", Needs("\"1g\"", """, "num_nodes": «0»"""), "TORC106 num_nodes is out of range" },
        { "great priority", """{"name": "w", "jobs": [{"name": "j", "command": "b", "priority": «2147483648»}]}""", "TORC106 priority is out of range: 2147483648 is not between -2147483648 and 2147483647" },
        { "empty command", """{"name": "w", "jobs": [{"name": "j", "command": «""»}]}""", "TORC124 command of job \"j\" is empty" },
        { "long command", $$$"""{"name": "w", "jobs": [{"name": "j", "command": «"{{{new string('x', (128 << 10) + 1)}}}"»}]}""", "TORC109 command of job \"j\" is longer than 128 KiB" },
        { "NUL in a command", """{"name": "w", "jobs": [{"name": "j", "command": «"a\u0000b"»}]}""", "TORC124 command of job \"j\" must not have a NUL character" },
        { "NUL in a variable", """{"name": "w", "jobs": [], "env": {"A": «"a\u0000b"»}}""", "TORC124 the variable \"A\" must not have a NUL character" },
        { "equals sign in a variable's name", """{"name": "w", "jobs": [], "env": {«"A=B"»: "1"}}""", "TORC125 the variable \"A=B\" must not have \"=\" in its name" },
        { "variable without a name", """{"name": "w", "jobs": [], "env": {«""»: "1"}}""", "TORC125 a variable must have a name" },
        { "loader variable", """{"name": "w", "jobs": [], "env": {«"LD_PRELOAD"»: "1"}}""", "TORC125 the variable \"LD_PRELOAD\" changes how every program" },
        { "truth as a variable", """{"name": "w", "jobs": [], "env": {"A": «true»}}""", "TORC105 the variable \"A\" must be a text, not true" },
        { "quoted truth", """{"name": "w", "jobs": [{"name": "j", "command": "b", "cancel_on_blocking_job_failure": «"yes"»}]}""", "TORC105 cancel_on_blocking_job_failure must be true or false, not the text \"yes\"" },
        { "one name for a list", """{"name": "w", "jobs": [{"name": "j", "command": "b", "depends_on": «"a"»}]}""", "TORC105 depends_on must be a list of job names, not the text \"a\"|write [\"a\"]" },
        { "unknown granularity", $$$"""{"name": "w", "jobs": [{{{Job}}}], "resource_monitor": {"granularity": «"time_serie"»}}""", "TORC106 granularity must be \"summary\" or \"time_series\", not \"time_serie\"|did you mean \"time_series\"?" },
        { "long interval", $$$"""{"name": "w", "jobs": [{{{Job}}}], "resource_monitor": {"sample_interval_seconds": «3601»}}""", "TORC106 sample_interval_seconds is out of range: 3601 is not between 1 and 3600" },
        { "endless number in data", """{"name": "w", "jobs": [], "user_data": [{"name": "d", "data": {"x": [«1e309»]}}]}""", "TORC106 the number 1e309 is out of range" },
        { "long text", $$$"""{"name": "w", "jobs": [], "description": «"{{{new string('x', (1 << 20) + 1)}}}"»}""", "TORC109 description is longer than 1 MiB" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_that_is_no_spec_says_what_and_where(string what, string fileName, string text, string expected)
    {
        var problem = SpecReader.Read(Encoding.UTF8.GetBytes(text), fileName).Problems[0];

        Assert.StartsWith(expected, string.Create(CultureInfo.InvariantCulture, $"{problem.Code} {problem.Line}:{problem.Column} {problem.Message}"), StringComparison.Ordinal);
        Assert.NotEmpty(what);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_with_one_mistake_has_one_problem_at_its_place(string what, string marked, string expected)
    {
        int start = marked.IndexOf('«', StringComparison.Ordinal);
        int end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        string text = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
        string[] parts = expected.Split('|');

        var problems = SpecReader.Read(Encoding.UTF8.GetBytes(text), "a.json").Problems;

        var problem = Assert.Single(problems, problem => problem.Code is not DiagnosticCodes.Unused);
        Assert.StartsWith(parts[0], $"{problem.Code} {problem.Message}", StringComparison.Ordinal);
        Assert.Equal((1, start + 1), (problem.Line, problem.Column));
        Assert.True(problem.EndColumn == end + 1 || text[start] is '{' or '[', $"{what} ends at {problem.EndColumn}");
        Assert.Equal(parts.Length == 1 ? problem.Help : parts[1].Length == 0 ? null : parts[1], problem.Help);
    }

    [Fact]
    public void Every_row_has_a_name_of_its_own()
    {
        string[] names = [.. Texts().Select(row => row.Data.Item1), .. Documents().Select(row => row.Data.Item1)];

        Assert.Equal(names, names.Distinct());
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_named_with_their_offset()
    {
        var problem = Assert.Single(SpecReader.Read(new byte[] { (byte)'{', (byte)'\n', 0xC3, 0xA4, 0xFF }, "a.json").Problems);

        Assert.Equal((DiagnosticCodes.NotText, 2, 2), (problem.Code, problem.Line, problem.Column));
        Assert.Equal("the file is not UTF-8 (byte 0xFF at offset 4)", problem.Message);
    }

    [Fact]
    public void UTF16_is_recognized_with_and_without_its_mark()
    {
        foreach (byte[] bytes in new[] { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{}")).ToArray(), Encoding.Unicode.GetBytes("{}"), Encoding.BigEndianUnicode.GetBytes("{}") })
        {
            Assert.Equal("the file is UTF-16, not UTF-8", Assert.Single(SpecReader.Read(bytes, "a.json").Problems).Message);
        }
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_unread() =>
        Assert.Equal(DiagnosticCodes.Limit, Assert.Single(SpecReader.Read(new byte[SpecLimits.DocumentBytes + 1], "a.json").Problems).Code);

    [Theory]
    [InlineData("a.json", "[")]
    [InlineData("a.json", "{\"a\":")]
    [InlineData("a.yaml", "[")]
    [InlineData("a.yaml", "{a: ")]
    [InlineData("a.yaml", "- ")]
    [InlineData("a.yaml", "? ")]
    public void A_million_levels_are_refused_at_the_65th(string fileName, string level)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(level, 1_000_000)));

        var reading = SpecReader.Read(bytes, fileName);

        var problem = Assert.Single(reading.Problems);
        Assert.True(problem.Code is DiagnosticCodes.Limit || level is "? ");
        Assert.True(problem.Column <= (level.Length * 64) + 1);
    }

    [Fact]
    public void Depth_64_is_still_read()
    {
        string data = string.Concat(Enumerable.Repeat("[", 61)) + string.Concat(Enumerable.Repeat("]", 61));
        string text = $$"""{"name": "w", "jobs": [], "user_data": [{"name": "d", "data": {{data}}}]}""";

        Assert.Empty(Read(text, "a.json").Problems);
        Assert.Empty(Read(text, "a").Problems);
        Assert.Equal(DiagnosticCodes.Limit, Assert.Single(Read(text.Replace("[]", "[[]]", StringComparison.Ordinal), "a.json").Problems).Code);
    }

    [Fact]
    public void Aliases_cannot_nest_deeper_than_the_limit_either()
    {
        string text = string.Concat(Enumerable.Range(1, 70).Select(level => $"a{level}: &a{level} [{(level == 1 ? "" : $"*a{level - 1}")}]\n"));

        Assert.Contains(Read(text, "a.yaml").Problems, problem => problem is { Code: DiagnosticCodes.Limit, Line: 64 });
    }

    [Fact]
    public void Aliases_of_aliases_are_counted_as_what_they_stand_for()
    {
        string text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(
            "bcdefghi".Select(name => $"{name}: &{name} [{string.Join(',', Enumerable.Repeat($"*{(char)(name - 1)}", 10))}]\n"));

        var problem = Assert.Single(Read(text, "a.yaml").Problems);

        Assert.Equal((DiagnosticCodes.Limit, 7), (problem.Code, problem.Line));
        Assert.Equal("the document expands to more than 2,000,000 values", problem.Message);
    }

    [Fact]
    public void The_thousand_and_first_alias_is_refused()
    {
        string aliases = string.Concat(Enumerable.Repeat("- *a\n", 1_001));

        var problem = Assert.Single(Read($"- &a x\n{aliases}", "a.yaml").Problems);

        Assert.Equal((DiagnosticCodes.Limit, 1_002), (problem.Code, problem.Line));
    }

    [Fact]
    public void Only_the_first_hundred_problems_are_told_and_the_others_counted()
    {
        string jobs = string.Concat(Enumerable.Range(0, 5_000).Select(number => $"  - {{name: j{number}, command: x, wrong_{number}: 1, input_files: [nowhere]}}\n"));

        var problems = Read($"name: w\njobs:\n{jobs}", "a.yaml").Problems;

        Assert.Equal(101, problems.Count);
        Assert.Equal(Enumerable.Range(3, 50).SelectMany(line => new int?[] { line, line }), problems.Take(100).Select(problem => problem.Line));
        Assert.Equal((DiagnosticCodes.More, "9,900 more problems are not shown"), (problems[^1].Code, problems[^1].Message));
    }

    [Fact]
    public void An_error_is_told_before_any_number_of_warnings()
    {
        string files = string.Concat(Enumerable.Range(0, 150).Select(number => $"- {{name: f{number}, path: p{number}}}\n"));

        var problems = Read($"name: w\nfiles:\n{files}jobs: 3\n", "a.yaml").Problems;

        Assert.Equal([DiagnosticCodes.WrongKind, DiagnosticCodes.More], problems.Select(problem => problem.Code).Skip(99));
        Assert.Equal("51 more problems are not shown", problems[^1].Message);
    }

    private static SpecReading Read(string text, string fileName) => SpecReader.Read(Encoding.UTF8.GetBytes(text), fileName);

    private static string Needs(string memory, string more = "", string cpus = "1") =>
        $$$"""{"name": "w", "jobs": [{"name": "j", "command": "b", "resource_requirements": "s"}], "resource_requirements": [{"name": "s", "num_cpus": {{{cpus}}}, "memory": {{{memory}}}{{{more}}}}]}""";
}
