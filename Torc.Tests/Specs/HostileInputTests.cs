using System.Globalization;
using System.Text;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
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
        { "only a document's mark", "a.yaml", "---\n", "TORC108 1:1 the file is empty; a workflow needs name and jobs" },
        { "a document's marks and comments", "a.yaml", "# a\n--- # b\n...\n", "TORC108 1:1 the file is empty" },
        { "tab before a key after a plain value", "a.yaml", "name: w\njobs:\n  - name: a\n    command: t\n\tpriority: 1\n", "TORC100 5:1 a tab cannot indent YAML" },
        { "tab after spaces", "a.yaml", "name: w\njobs:\n  - name: a\n  \tcommand: t\n", "TORC100 4:3 a tab cannot indent YAML" },
        { "tab before the second key", "a.yaml", "name: w\n\tjobs: []\n", "TORC100 2:1 a tab cannot indent YAML" },
        { "tab before the first key", "a.yaml", "\tname: w\njobs: []\n", "TORC100 1:1 a tab cannot indent YAML" },
        { "tab before a key after quotes", "a.yaml", "name: 'w'\n\tjobs: []\n", "TORC100 2:1 a tab cannot indent YAML" },
        { "tab before a key after a long text", "a.yaml", "name: w\ndescription: |\n  \tx\n\tjobs: []\n", "TORC100 4:1 a tab cannot indent YAML" },
        { "tab before a long text", "a.yaml", "name: w\ndescription: |\n\tx\njobs: []\n", "TORC100 3:1 a tab cannot indent YAML" },
        { "tab inside quotes", "a.yaml", "name: w\nenv:\n  A: \"w\n\tx\"\n", "TORC100 4:1 a tab cannot indent YAML" },
        { "tab before an item", "a.yaml", "name: w\njobs:\n - {name: a, command: t}\n\t- {name: b, command: t}\n", "TORC100 4:1 a tab cannot indent YAML" },
        { "unterminated double quote", "a.yaml", "name: \"w\njobs: []\n", "TORC100 1:7 this quote is never closed" },
        { "unterminated double quote before others", "a.yaml", "name: \"w\njobs:\n- {name: \"a\", command: \"t\"}\n", "TORC100 1:7 this quote is never closed" },
        { "double quote whose lines are not indented", "a.yaml", "name: \"w\nx\"\njobs: []\n", "TORC100 1:7 this text goes on in lines that are not indented" },
        { "double quote up to another document", "a.yaml", "name: \"w\n---\n", "TORC100 1:7 this quote is never closed" },
        { "backslash that YAML does not have", "a.yaml", "name: \"w\\q\"\n", "TORC100 1:9 YAML has no \\q in double quotes" },
        { "backslash in a later line", "a.yaml", "name: \"w\n  x\\q\"\n", "TORC100 2:4 YAML has no \\q" },
        { "half a character in YAML", "a.yaml", "name: \"\\ud800\\n\"\n", "TORC100 1:8 \\ud800 is half of a character" },
        { "half a character and a letter in YAML", "a.yaml", "name: \"\\ud83d\\ude00 \\ud800\\u0041\"\n", "TORC100 1:21 \\ud800 is half of a character" },
        { "few digits in YAML", "a.yaml", "name: \"\\u12\"\n", "TORC100 1:8 \\u wants four hexadecimal digits" },
        { "character beyond Unicode", "a.yaml", "name: \"\\U00110000\"\n", "TORC100 1:8 \\U wants the eight hexadecimal digits" },
        { "former line end beside its stand-in", "a.yaml", "name: w\n# \u2028 \uFDD0\njobs: []\n", "TORC119 2:3 U+2028 cannot stand in a YAML text that has U+FDD0 too" },
        { "unterminated quote", "a.yaml", "name: 'x\njobs: []\n", "TORC100 1:7 this quote is never closed" },
        { "unclosed flow list", "a.yaml", "name: x\njobs: [\n", "TORC100 2:7 this \"[\" is never closed" },
        { "two documents", "a.yaml", "name: x\njobs: []\n---\nname: y\n", "TORC119 3:1 a second document begins here" },
        { "list at the top", "a.yaml", "- a\n", "TORC105 1:1 the document must be an object, not a list" },
        { "list at the top of JSON", "a.json", "[]", "TORC105 1:1 the document must be an object, not a list" },
        { "text at the top", "a.yaml", "hello", "TORC105 1:1 the document must be an object, not the text \"hello\"" },
        { "tag", "a.yaml", "name: !!python/object x\njobs: []\n", "TORC119 1:7 tags are not allowed" },
        { "tag on a list", "a.yaml", "name: x\njobs: !!set []\n", "TORC119 2:7 tags are not allowed" },
        { "tag of another kind", "a.yaml", "name: !!int x\njobs: []\n", "TORC119 1:7 the tag !!int does not fit its value" },
        { "tag of an object on a list", "a.yaml", "name: x\njobs: !!map []\n", "TORC119 2:7 the tag !!map does not fit its value" },
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
        { "JSON5 by its look", "spec", "{name: 'x', jobs: 3}", "TORC105 1:19 jobs must be a list of jobs, not the number 3" },
        { "YAML by its first line", "spec", "# mine\njobs: 3\ndescription: |\n  name foo\nname: w\n", "TORC105 2:7 jobs must be a list of jobs, not the number 3" },
        { "YAML in braces by its look", "spec", "{name: w, jobs: 3}", "TORC105 1:17 jobs must be a list of jobs, not the number 3" },
        { "what is neither JSON5 nor YAML", "spec", "{name: w, jobs: [}", "TORC100 1:8 \"w\" is not a JSON5 value" },
        { "KDL by its look", "spec", "// mine\nname \"x\"\njob \"j\" { comand \"true\" }\n", "TORC104 3:1 job \"j\" has no \"command\"" },
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
        { "key without effect yet", """{"name": "w", "jobs": [{"name": "j", "command": "b", «"supports_termination"»: true}]}""", "TORC102 \"supports_termination\" in job \"j\" is checked and kept, and has no effect in this version of Torc" },
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
        { "long interval", $$$"""{"name": "w", "jobs": [{{{Job}}}], "resource_monitor": {"sample_interval_seconds": «0»}}""", "TORC106 sample_interval_seconds is out of range: 0 is not between 1 and 2147483647" },
        { "endless number in data", """{"name": "w", "jobs": [], "user_data": [{"name": "d", "data": {"x": [«1e309»]}}]}""", "TORC106 the number 1e309 is out of range" },
        { "long text", $$$"""{"name": "w", "jobs": [], "description": «"{{{new string('x', (1 << 20) + 1)}}}"»}""", "TORC109 description is longer than 1 MiB" },
    };

    /// <summary>The list of bad input by its numbers: the problem is what stands between the marks, and there is no other.</summary>
    public static TheoryData<string, string, string, string> Rows() => new()
    {
        { "12 duplicate key", "a.yaml", "name: w\njobs: []\n«jobs»: []", "TORC103 the key \"jobs\" stands here twice: on line 2 and on line 3" },
        { "15 number for a list", "a.yaml", "name: w\njobs: «3»", "TORC105 jobs must be a list of jobs, not the number 3" },
        { "15 list for a text", "a.yaml", "name: w\njobs: [{name: j, command: «[a]»}]", "TORC105 command must be a text, not a list" },
        { "15 object for a list", "a.yaml", "name: w\njobs: [{name: j, command: x, depends_on: «{a: b}»}]", "TORC105 depends_on must be a list of job names, not an object" },
        { "15 text for an object", "a.yaml", "name: w\njobs: [«j»]", "TORC105 jobs[0] must be an object, not the text \"j\"" },
        { "17 depth", "a.yaml", "name: w\njobs: []\nuser_data: [{name: d, data: " + new string('[', 61) + "«[»" + new string('[', 900), "TORC109" },
        { "18 alias bomb", "a.yaml", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f]", "TORC109 the document expands to more than 2,000,000 values" },
        { "24 KDL", "a.kdl", "name \"w\"\njob \"j\" {\n  command «\"x»\n}\n", "TORC100" },
        { "24 JSON5", "a.json5", "{name: 'w', // here\n jobs: [«;»]}", "TORC100" },
        { "26 equal values", "a.yaml", "name: w\njobs: [{name: «\"w_{i}\"», command: x, parameters: {i: [1, 1]}}]", "TORC116 job \"w_{i}\" is made twice as \"w_1\": both times with i=1" },
        { "26 equal names of two entries", "a.yaml", "name: w\njobs:\n- {name: w_2, command: x}\n- {name: «\"w_{i}\"», command: x, parameters: {i: [1, 2]}}", "TORC116 two jobs have the name \"w_2\": on line 3 and on line 4, there with i=2" },
        { "29 bad name by a parameter", "a.yaml", "name: w\njobs: [{name: «\"w_{i}\"», command: x, parameters: {i: [a, b/c]}}]", "TORC121 the name \"w_b/c\" must not have \"/\" (character 4)" },
        { "33 device", "a.yaml", "name: w\njobs: [{name: «nul», command: x}]", "TORC123 \"nul\" is the name of a device on Windows" },
        { "33 device with an ending", "a.yaml", "name: w\njobs: [{name: «COM1.txt», command: x}]", "TORC123 \"COM1.txt\" is the name of a device on Windows" },
        { "34 look-alikes", "a.yaml", "name: w\njobs:\n- {name: data, command: x}\n- {name: «dаtа», command: x}", "TORC160 the job \"dаtа\" looks like \"data\" on line 3, and is another" },
        { "34 look-alike files", "a.yaml", "name: w\njobs: [{name: j, command: x, input_files: [ο, o]}]\nfiles:\n- {name: ο, path: a}\n- {name: «o», path: b}", "TORC160 the file \"o\" looks like \"ο\" on line 4" },
        { "35 loop", "a.yaml", "name: w\njobs:\n- {name: a, command: x, depends_on: [«b»]}\n- {name: b, command: x, depends_on: [a]}", "TORC111 jobs wait for each other: a → b → a" },
        { "38 unknown job", "a.yaml", "name: w\njobs: [{name: work, command: x}, {name: b, command: x, depends_on: [«wrok»]}]", "TORC114 job \"b\" depends on job \"wrok\", which is not there" },
        { "39 pattern of nothing", "a.yaml", "name: w\njobs: [{name: a, command: x, depends_on_regexes: [«^b»]}]", "TORC134 no job has a name that matches \"^b\"" },
        { "39 pattern of itself", "a.yaml", "name: w\njobs: [{name: a, command: x, depends_on_regexes: [«a»]}]", "TORC134 \"a\" matches nothing but what is job \"a\"'s own" },
        { "39 pattern of no file", "a.yaml", "name: w\njobs: [{name: a, command: x, input_file_regexes: [«^b»]}]", "TORC134 no file has a name that matches \"^b\"" },
        { "39 pattern of no data", "a.yaml", "name: w\njobs: [{name: a, command: x, output_user_data_regexes: [«^b»]}]", "TORC134 no user data has a name that matches \"^b\"" },
        { "39 bad pattern", "a.yaml", "name: w\njobs: [{name: a, command: x, depends_on_regexes: [«\"(b\"»]}]", "TORC133 the regular expression \"(b\" cannot be read: \"(\" is never closed (character 1)" },
        { "39 pattern that looks ahead", "a.yaml", "name: w\njobs: [{name: a, command: x, depends_on_regexes: [«\"(?=b)\"»]}]", "TORC133 the regular expression \"(?=b)\" looks ahead" },
        { "40 catastrophic pattern", "a.yaml", $"name: w\njobs: [{{name: {new string('a', 200)}b, command: x, depends_on_regexes: [«(a+)+$»]}}]", "TORC134 no job has a name that matches" },
        { "41 two producers", "a.yaml", "name: w\njobs:\n- {name: a, command: x, output_files: [f]}\n- {name: b, command: x, output_files: [«f»]}\nfiles: [{name: f, path: f}]", "TORC110 two jobs produce file \"f\": \"a\" on line 3 and \"b\" on line 4" },
        { "41 two producers of data", "a.yaml", "name: w\njobs:\n- {name: a, command: x, output_user_data: [f]}\n- {name: b, command: x, output_user_data: [«f»]}\nuser_data: [{name: f}]", "TORC110 two jobs produce user data \"f\"" },
        { "46 output inside an input", "a.yaml", "name: w\njobs: [{name: a, command: x, output_files: [o]}, {name: b, command: x, input_files: [i]}]\nfiles: [{name: o, path: «in/x/o.txt»}, {name: i, path: in/}]", "TORC164 file \"o\" is written inside \"in/\", which is an input" },
        { "48 unused file", "a.yaml", "name: w\njobs: []\nfiles: [{name: «f», path: f}]", "TORC126 no job needs or produces the file \"f\"" },
        { "48 unused requirements", "a.yaml", "name: w\njobs: []\nresource_requirements: [{name: «r», num_cpus: 1, memory: 1g}]", "TORC126 no job uses the resource requirements \"r\"" },
        { "52 no unit", "a.yaml", "name: w\njobs: [{name: j, command: x, resource_requirements: {num_cpus: 1, memory: «4»}}]", "TORC141 memory must have a unit: 4 what?" },
        { "57 octal", "a.yaml", "name: w\njobs: [{name: j, command: x, priority: «010»}]", "TORC106 priority must be a whole number, not 010" },
        { "57 hexadecimal", "a.yaml", "name: w\njobs: [{name: j, command: x, priority: «0x10»}]", "TORC106 priority must be a whole number, not \"0x10\"" },
        { "57 underscore", "a.yaml", "name: w\njobs: [{name: j, command: x, priority: «1_000»}]", "TORC106 priority must be a whole number, not \"1_000\"" },
        { "57 base sixty", "a.yaml", "name: w\njobs: [{name: j, command: x, priority: «12:30»}]", "TORC106 priority must be a whole number, not \"12:30\"" },
        { "56 endless parameter", "a.yaml", "name: w\njobs: [{name: \"w_{i}\", command: x, parameters: {i: [1, «.inf»]}}]", "TORC106 the number .inf is out of range" },
        { "56 parameter too great", "a.yaml", "name: w\njobs: [{name: \"w_{i}\", command: x, parameters: {i: «1e309»}}]", "TORC106 the number 1e309 is out of range" },
        { "57 octal parameter", "a.yaml", "name: w\njobs: [{name: \"w_{i}\", command: x, parameters: {i: [«012», 1]}}]", "TORC106 the number 012 can be read in two ways" },
        { "57 hexadecimal parameter", "a.yaml", "name: w\njobs: [{name: \"w_{i}\", command: x, parameters: {i: [«0x10»]}}]", "TORC106 the number 0x10 can be read in two ways" },
        { "62 priority", "a.yaml", "name: w\njobs: [{name: j, command: x, priority: «2147483648»}]", "TORC106 priority is out of range" },
        { "67 path in quotes", "a.yaml", "name: w\njobs: [{name: j, command: 'cat \"«${files.input.f}»\"'}]\nfiles: [{name: f, path: it costs $5}]", "TORC128 the path \"it costs $5\" is escaped where it replaces \"${files.input.f}\", since that stands inside quotes" },
        { "69 long range", "a.yaml", "name: w\njobs: [{name: \"j{i}\", command: x, parameters: {i: «\"1:1000000000\"»}}]", "TORC151 the parameter \"i\" has a range of 1,000,000,000 values" },
        { "69 step of nothing", "a.yaml", "name: w\njobs: [{name: \"j{i}\", command: x, parameters: {i: «\"1:9:0\"»}}]", "TORC151 the parameter \"i\" has a range whose step is 0" },
        { "69 reversed", "a.yaml", "name: w\njobs: [{name: \"j{i}\", command: x, parameters: {i: «\"9:1\"»}}]", "TORC151 the parameter \"i\" has a range without any value" },
        { "69 product", "a.yaml", "name: w\njobs: [{name: \"j{i}\", command: x, parameters: «{i: \"1:10000\", j: \"1:1000\"}»}]", "TORC109 the parameters of job \"j{i}\" make 10,000,000 copies; there can be 1,000,000" },
        { "69 overflow", "a.yaml", "name: w\njobs: [{name: \"j{i}\", command: x, parameters: {i: «\"0:999999999999999999:0.000000000000000001\"»}}]", "TORC151 the parameter \"i\" has a range of countless values" },
        { "72 time of day", "a.yaml", "name: w\njobs: []\n«start_after»: 2026-02-30", "TORC101 unknown key \"start_after\" in the workflow" },
        { "73 key of a cloud", "a.yaml", "name: w\njobs: [{name: j, command: «x AKIAABCDEFGHIJKLMNOP»}]", "TORC161 this looks like a secret" },
        { "73 password", "a.yaml", "name: w\njobs: [{name: j, command: «login --password=hunter2hunter2»}]", "TORC161 this looks like a secret" },
        { "73 secret of a job", "a.yaml", "name: w\njobs: [{name: j, command: x, env: {DB_PASSWORD: «hunter2»}}]", "TORC161 this looks like a secret" },
        { "73 secret of the workflow", "a.yaml", "name: w\njobs: []\nenv: {API_KEY: «12345678»}", "TORC161 this looks like a secret" },
        { "73 secret among the variables", "a.yaml", "name: w\njobs: []\nvariables: {token: «abc»}", "TORC161 this looks like a secret" },
        { "73 secret in data", "a.yaml", "name: w\njobs: []\nuser_data: [{name: d, data: [«ghp_0123456789abcdefghijABCDEFGHIJ012345»]}]", "TORC161 this looks like a secret" },
        { "73 secret told once for copies", "a.yaml", "name: w\njobs: [{name: \"j{i}\", command: «\"x{i} token=abcdefgh\"», parameters: {i: \"1:9\"}}]", "TORC161 this looks like a secret" },
        { "75 path of Windows", "a.yaml", "name: w\njobs: [{name: j, command: x, input_files: [f]}]\nfiles: [{name: f, path: «C:\\x\\y»}]", "TORC162 \"C:\\x\\y\" is a path of Windows" },
        { "75 share of Windows", "a.yaml", "name: w\njobs: [{name: j, command: x, input_files: [f]}]\nfiles: [{name: f, path: «\\\\host\\y»}]", "TORC162" },
        { "handler that is not declared", "a.yaml", "name: w\njobs: []\nactions: [{trigger_type: on_workflow_start, action_type: schedule_nodes, scheduler: «s»}]", "TORC132 the action names scheduler \"s\", which is not declared" },
        { "action without its commands", "a.yaml", "name: w\njobs: []\nactions: [«{trigger_type: on_workflow_start, action_type: run_commands}»]", "TORC104 an action that is to run_commands has no \"commands\"" },
        { "action without its scheduler", "a.yaml", "name: w\njobs: []\nactions: [«{trigger_type: on_workflow_start, action_type: schedule_nodes}»]", "TORC104 an action that is to schedule_nodes has no \"scheduler\"" },
        { "action of an unknown job", "a.yaml", "name: w\njobs: []\nactions: [{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [«j»]}]", "TORC114 the action waits for job \"j\", which is not there" },
        { "action of a pattern of nothing", "a.yaml", "name: w\njobs: []\nactions: [{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], job_name_regexes: [«^j»]}]", "TORC134 no job has a name that matches \"^j\"" },
        { "action of a pattern of nothing beside others", "a.yaml", "name: w\njobs: [{name: j, command: x}]\nactions: [{trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [j], job_name_regexes: [«^k»]}]", "TORC134 no job has a name that matches \"^k\"" },
        { "exit code that no command has", "a.yaml", "name: w\njobs: [{name: j, command: x, failure_handler: h}]\nfailure_handlers: [{name: h, rules: [{exit_codes: [1, «256»]}]}]", "TORC106 each of exit_codes should be between 0 and 255, not 256: no command ends with it" },
        { "no allocations", "a.yaml", "name: w\njobs: [{name: j, command: x, scheduler: s}]\nslurm_schedulers: [{name: s, account: a, nodes: «0»}]", "TORC106 nodes should be at least 1, not 0: nothing comes of it" },
        { "table of parameters", "a.yaml", "name: w\njobs:\n- {name: \"w_{i}\", command: x, parameters_file: a.csv}\n- {name: \"v_{i}\", command: x, depends_on: [\"w_{i}\"], use_parameters_file: true}\nfiles: [{name: \"f_{i}\", path: p, «parameters_file»: a.csv}]", "TORC151 \"parameters_file\" in file \"f_{i}\" takes the values of parameters from a file, which Torc does not read" },
        { "default that is each scheduler's own", "a.yaml", "name: w\njobs: []\nslurm_defaults: {«Job-Name»: x}", "TORC106 slurm_defaults must not have \"Job-Name\": each scheduler has its own" },
        { "unused handler", "a.yaml", "name: w\njobs: []\nfailure_handlers: [{name: «h», rules: []}]", "TORC126 nothing uses the failure handler \"h\"" },
        { "unused scheduler", "a.yaml", "name: w\njobs: []\nslurm_schedulers: [{name: «s», account: x}]", "TORC126 nothing uses the scheduler \"s\"" },
        { "handler whose name is a number", "a.yaml", "name: w\njobs: []\nfailure_handlers: [{name: «3», rules: []}]", "TORC105 name must be a text, not the number 3" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_list_has_its_problem_at_its_place(string row, string fileName, string marked, string expected)
    {
        bool isMarked = marked.Contains('«', StringComparison.Ordinal);
        string before = isMarked ? marked[..marked.IndexOf('«', StringComparison.Ordinal)] : "";
        string text = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

        var problems = Read(text, fileName).Problems.Where(problem => problem.Code is not (DiagnosticCodes.KeyWithoutEffect or DiagnosticCodes.More)).ToList();

        var problem = Assert.Single(problems);
        Assert.StartsWith(expected, $"{problem.Code} {problem.Message}", StringComparison.Ordinal);
        var place = (problem.Line, problem.Column);
        Assert.Equal(isMarked ? (before.Count(character => character == '\n') + 1, before.Length - before.LastIndexOf('\n')) : place, place);
        Assert.NotEmpty(row);
    }

    [Theory]
    [InlineData("x --password=$PASSWORD")]
    [InlineData("x --token ${TOKEN}")]
    [InlineData("tokenize=abcdefghij")]
    [InlineData("x --password={p}")]
    public void What_only_names_a_secret_is_none(string command) =>
        Assert.DoesNotContain(Read($"name: w\njobs: [{{name: j, command: '{command}', env: {{API_KEY: $KEY, TOKEN: \"\"}}}}]", "a.yaml").Problems, problem => problem.Code is DiagnosticCodes.SecretInSpec);

    [Fact]
    public void Row_21_merge_keys_are_counted_with_what_they_bring()
    {
        string keys = string.Join(", ", Enumerable.Range(0, 5_000).Select(number => $"k{number}: 1"));
        string merges = string.Concat(Enumerable.Repeat("- {<<: *a}\n", 900));

        var problem = Assert.Single(Read($"- &a {{{keys}}}\n{merges}", "a.yaml").Problems);

        Assert.Equal(DiagnosticCodes.Limit, problem.Code);
        Assert.InRange(problem.Line!.Value, 150, 450);
    }

    [Fact]
    public void Row_22_a_file_beyond_the_limit_is_told_with_its_size() => Assert.Equal(
        "the file has 67,108,865 bytes; at most 64 MiB are read", Assert.Single(SpecReader.Read(new byte[SpecLimits.DocumentBytes + 1], "a.yaml").Problems).Message);

    [Theory]
    [InlineData(Severity.Warning)]
    [InlineData(Severity.Error)]
    public void Row_44_an_input_that_nobody_makes_is_as_bad_as_the_asker_says(Severity severity)
    {
        var reading = Read("name: w\njobs: [{name: a, command: x, input_files: [i], output_files: [m]}, {name: b, command: x, input_files: [m, i]}]\n\nfiles: [{name: i, path: in/i}, {name: m, path: m}]\n", "a.yaml");

        reading.CheckPaths("/w", severity, _ => PathKind.Nothing);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((DiagnosticCodes.MissingInput, severity, 4, 25), (problem.Code, problem.Severity, problem.Line, problem.Column));
        Assert.Equal("in/i does not exist under /w", problem.Message);
        Assert.Equal(["in/i"], reading.MissingInputs);
        Assert.Equal(severity == Severity.Error, reading.Definition is null);
        Assert.NotNull(reading.Counts);
    }

    [Fact]
    public void Row_44_what_is_there_or_only_listed_is_no_problem()
    {
        const string Text = "name: w\njobs: [{name: a, command: x, input_files: [i, j]}]\nfiles: [{name: i, path: i}, {name: j, path: /abs/j}]\n";
        var (there, listed) = (Read(Text, "a.yaml"), Read(Text, "a.yaml"));

        there.CheckPaths("/w", Severity.Error, path => path is "/w/i" ? PathKind.File : path is "/abs/j" ? PathKind.Folder : PathKind.Nothing);
        listed.CheckPaths(directory: null, missingInput: null, path => path is "/abs/j" ? PathKind.File : PathKind.Nothing);

        Assert.Empty(there.Problems.Concat(listed.Problems));
        Assert.Empty(there.MissingInputs);
        Assert.Equal(["i"], listed.MissingInputs);
    }

    [Theory]
    [InlineData("depends_on: [zz]", DiagnosticCodes.UnknownJob)]
    [InlineData("depends_on: [b]", DiagnosticCodes.Loop)]
    [InlineData("input_files: [zz]", DiagnosticCodes.UnknownFile)]
    [InlineData("output_files: [o]", DiagnosticCodes.TwoProducers)]
    [InlineData("invocation_script: '${files.o}'", DiagnosticCodes.BadReference)]
    public void Row_44_a_missing_input_and_what_no_node_has_are_told_with_what_is_wrong_with_the_graph(string mistake, string code)
    {
        var reading = Read($"name: w\njobs: [{{name: a, command: x, {mistake}}}, {{name: b, command: x, depends_on: [a], input_files: [i], output_files: [o], resource_requirements: {{num_cpus: 9, memory: 1g}}}}]\nfiles: [{{name: i, path: i}}, {{name: o, path: o}}]\n", "a.yaml");

        reading.CheckPaths("/w", Severity.Error, _ => PathKind.Nothing);
        reading.CheckNodes([new NodeCapacity(8, MemorySize.Mebibytes(8 << 10), Gpus: 0)]);

        Assert.Equal([code, DiagnosticCodes.NoSuchNode, DiagnosticCodes.MissingInput], reading.Problems.Select(problem => problem.Code));
        Assert.Null(reading.Counts);
    }

    [Fact]
    public void Row_44_nothing_is_missing_where_nobody_knows_which_jobs_there_are()
    {
        var reading = Read("name: w\njobs: [{name: a, command: x, input_files: [i]}, {name: b, command: x, output_files: [i], parameters: {p: '2:1'}}]\nfiles: [{name: i, path: i}]\n", "a.yaml");

        reading.CheckPaths("/w", Severity.Error, _ => PathKind.Nothing);

        Assert.DoesNotContain(reading.Problems, problem => problem.Code is DiagnosticCodes.MissingInput);
    }

    [Fact]
    public void Row_44_a_file_without_a_path_is_one_mistake()
    {
        var reading = Read("name: w\njobs: [{name: a, command: x, input_files: [i], output_files: [o]}]\nfiles: [{name: i}, {name: o, path: 3}]\n", "a.yaml");

        reading.CheckPaths("/w", Severity.Error, _ => PathKind.Folder);

        Assert.Equal([DiagnosticCodes.MissingKey, DiagnosticCodes.WrongKind], reading.Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("output_files: [f]", "output_files: [p, f]", "/jobs/1/output_files/1")]
    [InlineData("output_files: [f]", "output_file_regexes: ['^f$']", "/jobs/1/output_file_regexes/0")]
    [InlineData("output_files: [f]", "invocation_script: 'x ${files.output.f}'", "/jobs/1/invocation_script")]
    [InlineData("output_user_data: [f]", "output_user_data: [f]", "/jobs/1/output_user_data/0")]
    [InlineData("depends_on: [b]", "depends_on: [a]", "/jobs/0/depends_on/0")]
    [InlineData("depends_on: [b]", "output_files: [g], depends_on_regexes: [^a]", "/jobs/0/depends_on/0")]
    [InlineData("input_files: [f], output_files: [g]", "input_files: [g], output_files: [f]", "/jobs/0/input_files/0")]
    [InlineData("input_user_data: [f], output_user_data: [g]", "output_user_data: [f], input_user_data_regexes: [g]", "/jobs/0/input_user_data/0")]
    public void The_path_of_a_second_producer_and_of_a_loop_leads_to_what_is_marked(string first, string second, string path)
    {
        var reading = Read(
            $"name: w\njobs:\n- {{name: a, command: x, {first}}}\n- {{name: b, command: x, {second}}}\nfiles: [{{name: f, path: f}}, {{name: g, path: g}}, {{name: p, path: p}}]\nuser_data: [{{name: f}}, {{name: g}}]\n", "a.yaml");

        Assert.Equal(path, Assert.Single(reading.Problems, problem => problem.Code is DiagnosticCodes.TwoProducers or DiagnosticCodes.Loop).Path);
    }

    [Fact]
    public void Row_44_a_thousand_missing_copies_are_one_problem_and_all_are_listed()
    {
        var reading = Read("name: w\njobs: [{name: a, command: x, input_file_regexes: [f]}]\nfiles: [{name: 'f{i}', path: 'f{i}', parameters: {i: '1:1000'}}]\n", "a.yaml");

        reading.CheckPaths("/w", Severity.Warning, _ => PathKind.Nothing);

        Assert.Equal([DiagnosticCodes.MissingInput], reading.Problems.Select(problem => problem.Code));
        Assert.Equal(1_000, reading.MissingInputs.Count);
    }

    [Theory]
    [InlineData("out", PathKind.Folder, "out is a folder, and a job is to write it as a file")]
    [InlineData("out/a/b", PathKind.File, "out/a/b cannot be written: out/a is a file, not a folder")]
    public void Row_45_an_output_where_none_can_be_is_a_warning(string path, PathKind there, string message)
    {
        var reading = Read($"name: w\njobs: [{{name: a, command: x, output_files: [o]}}]\nfiles: [{{name: o, path: {path}}}]\n", "a.yaml");

        reading.CheckPaths("/w", Severity.Error, asked => asked is "/w/out" or "/w/out/a" ? there : PathKind.Nothing);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((DiagnosticCodes.UnwritableOutput, Severity.Warning, 3, 25, message), (problem.Code, problem.Severity, problem.Line, problem.Column, problem.Message));
    }

    [Fact]
    public void Row_49_a_very_long_chain_is_read_without_recursion()
    {
        const int Jobs = 50_000;
        string text = $$"""
            name: w
            jobs:
              - {name: "step_{i}", command: "x", input_files: ["f_{i}"], output_files: ["f_{next}"], parameter_mode: zip, parameters: {i: "1:{{Jobs}}", next: "2:{{Jobs + 1}}"} }
            files: [{name: "f_{i}", path: "f_{i}", parameters: {i: "1:{{Jobs + 1}}"} }]
            """;

        var reading = Read(text, "a.yaml");

        Assert.Equal(new SpecCounts(Jobs, Jobs + 1, 0, 0, Jobs - 1, Jobs, 1), reading.Counts);
    }

    [Fact]
    public void Row_49_a_very_long_loop_is_told_in_short()
    {
        string jobs = string.Concat(Enumerable.Range(0, 50_000).Select(number => $"- {{name: j{number}, command: x, depends_on: [j{(number + 49_999) % 50_000}]}}\n"));

        var problem = Assert.Single(Read($"name: w\njobs:\n{jobs}", "a.yaml").Problems);

        Assert.StartsWith("jobs wait for each other: j0 → j1 → j2 →", problem.Message, StringComparison.Ordinal);
        Assert.Contains("… 49981 more …", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("num_cpus: 105, memory: 1g", "job \"j\" needs 105 CPUs; the largest node that is known has 104")]
    [InlineData("num_cpus: 1, memory: 9g", "job \"j\" needs 9 GiB of memory; the largest node that is known has 8 GiB")]
    [InlineData("num_cpus: 1, memory: 1g, num_gpus: 2", "job \"j\" needs 2 GPUs; the node that has most has 1")]
    [InlineData("num_cpus: 100, memory: 1g, num_gpus: 1", "job \"j\" needs 100 CPUs, 1 GiB of memory and 1 GPU on one node; no node that is known has all of it")]
    public void Row_59_what_no_node_has_is_a_warning(string needs, string message)
    {
        var reading = Read($"name: w\njobs: [{{name: j, command: x, resource_requirements: {{{needs}}}}}, {{name: k, command: x, resource_requirements: {{{needs}}}}}]\n", "a.yaml");

        reading.CheckNodes([new NodeCapacity(104, MemorySize.Mebibytes(8 << 10), Gpus: 0), new NodeCapacity(8, MemorySize.Mebibytes(4 << 10), Gpus: 1)]);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((DiagnosticCodes.NoSuchNode, Severity.Warning, 2, 53, message), (problem.Code, problem.Severity, problem.Line, problem.Column, problem.Message));
        Assert.NotNull(reading.Definition);
    }

    [Fact]
    public void Row_59_a_job_may_fill_the_largest_node()
    {
        var reading = Read("name: w\njobs: [{name: j, command: x, resource_requirements: {num_cpus: 104, memory: 8g, num_gpus: 2}}]\n", "a.yaml");

        reading.CheckNodes([new NodeCapacity(104, MemorySize.Mebibytes(8 << 10), Gpus: 2), new NodeCapacity(1, MemorySize.Mebibytes(1), Gpus: 0)]);

        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Row_60_GPUs_where_no_node_has_one_are_a_warning_and_nothing_is_said_where_no_node_is_known()
    {
        const string Text = "name: w\njobs: [{name: j, command: x, resource_requirements: {num_cpus: 1, memory: 1g, num_gpus: 2}}]\n";
        var (known, unknown) = (Read(Text, "a.yaml"), Read(Text, "a.yaml"));

        known.CheckNodes([new NodeCapacity(8, MemorySize.Mebibytes(1024), Gpus: 0)]);
        unknown.CheckNodes([]);

        Assert.Equal("job \"j\" needs 2 GPUs; no node that is known has one", Assert.Single(known.Problems).Message);
        Assert.Empty(unknown.Problems);
    }

    [Fact]
    public void Row_74_a_description_is_kept_as_it_is_and_shown_without_effect()
    {
        var reading = Read("""{"name": "w", "description": "\u001b[31m<script>alert(1)</script>", "jobs": []}""", "a.json");

        Assert.Empty(reading.Problems);
        Assert.Equal("\u001b[31m<script>alert(1)</script>", reading.Definition!.Description);
    }

    [Fact]
    public void Errors_beside_the_graph_leave_its_counts_and_others_do_not()
    {
        const string Text = "name: w\njobs: [{name: a, command: x, MORE}, {name: b, command: x, depends_on: [a]}]\n";
        string[] beside = ["comand: x", "on_lost: never", "env: {'A=': x}", "resource_requirements: r", "failure_handler: h", "scheduler: s"];
        string[] within = ["depends_on: [c]", "input_files: [f]", "depends_on_regexes: ['(']", "parameters: {i: '2:1'}", "priority: x, priority: y"];

        Assert.All(beside, more => Assert.Equal((2, true), (Counts(more)?.Jobs, HasErrors(more))));
        Assert.All(within, more => Assert.Equal((null, true), (Counts(more), HasErrors(more))));

        SpecReading With(string more) => Read(Text.Replace("MORE", more, StringComparison.Ordinal), "a.yaml");
        SpecCounts? Counts(string more) => With(more).Counts;
        bool HasErrors(string more) => With(more).Problems.Any(problem => problem.Severity == Severity.Error);
    }

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

    [Theory]
    [InlineData("# \u2028jobs: 3", "x")]
    [InlineData("description: a\u2028b", "a\u2028b")]
    [InlineData("description: 'a\u2029  b'", "a\u2029  b")]
    [InlineData("description: \"a\u0085b\"", "a\u0085b")]
    [InlineData("description: |-\n  a\u2028jobs: 3\u0085", "a\u2028jobs: 3\u0085")]
    [InlineData("description: &a\u2028 b", "b")]
    public void What_ended_a_line_in_YAML_1_1_is_a_character_as_others(string line, string expected)
    {
        var reading = Read($"name: w\njobs: []\n{line}\n", "a.yaml");

        Assert.Empty(reading.Problems);
        Assert.Equal(expected, reading.Definition!.Description ?? "x");
    }

    [Theory]
    [InlineData("&p «high»")]
    [InlineData("&p\n      «high»")]
    [InlineData("&p # high\n      «'high'»")]
    public void An_anchor_is_no_part_of_its_value(string value)
    {
        string text = $"name: w\njobs:\n  - name: a\n    command: t\n    priority: {value}\n";
        int start = text.IndexOf('«', StringComparison.Ordinal);

        var problem = Read(text.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal), "a.yaml").Problems[0];

        int column = start - text.LastIndexOf('\n', start);
        Assert.Equal((column, column + text.IndexOf('»', StringComparison.Ordinal) - start - 1), (problem.Column, problem.EndColumn));
    }

    [Theory]
    [InlineData("my file:1.txt", "my file:1")]
    [InlineData("what?.txt", "what_")]
    [InlineData("a\u202e/ b/c.d.txt", "c.d")]
    [InlineData(" <x> .txt", "_x_")]
    [InlineData(".txt", "commands")]
    [InlineData("...txt", ".._")]
    [InlineData("con.txt", "con_")]
    [InlineData("e\u0301t\u00e9.txt", "\u00e9t\u00e9")]
    public void A_file_of_commands_gives_its_workflow_a_name_that_is_allowed(string file, string expected)
    {
        var reading = Read("echo\n", file);

        Assert.Empty(reading.Problems);
        Assert.Equal(expected, reading.Name);
    }

    [Fact]
    public void A_long_name_of_a_file_is_cut_between_characters() =>
        Assert.Equal(new string('é', 127), Read("echo\n", $"{new string('é', 300)}.txt").Name);

    [Fact]
    public void Every_row_has_a_name_of_its_own()
    {
        string[] names = [.. Texts().Select(row => row.Data.Item1), .. Documents().Select(row => row.Data.Item1), .. Rows().Select(row => row.Data.Item1)];

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

    [Theory]
    [InlineData("jobs")]
    [InlineData("files")]
    [InlineData("user_data", "7,")]
    [InlineData("resource_requirements")]
    [InlineData("slurm_schedulers")]
    public void A_document_that_is_wrong_as_a_whole_is_left_early_and_says_so(string key, string item = "{},")
    {
        string items = string.Concat(Enumerable.Repeat(item, 1_000_000)).TrimEnd(',');

        var problems = Read($$"""{"name": "w", {{(key is "jobs" ? "" : "\"jobs\": [], ")}}"{{key}}": [{{items}}]}""", "a.json").Problems;

        Assert.Equal(101, problems.Count);
        Assert.Equal("up to here there are 100,000 mistakes, and what follows was not looked at", Assert.Single(problems, problem => problem.Code is DiagnosticCodes.Limit).Message);
        Assert.Matches("^99,90[1-3] more problems are not shown$", problems[^1].Message);
    }

    [Fact]
    public void A_limit_is_told_before_any_number_of_other_errors_and_once()
    {
        string jobs = string.Concat(Enumerable.Range(0, 5_000).Select(number => $"- {{name: j{number}, command: x, wrong: 1}}\n"));

        var problems = Read($"name: w\njobs:\n{jobs}- {{name: 'p{{i}}', command: x, parameters: {{i: '1:999999'}}}}\n- {{name: last, command: x}}\n- {{name: 'q{{i}}', command: x, parameters: {{i: '1:1000000'}}}}\n", "a.yaml").Problems;

        var limit = Assert.Single(problems, problem => problem.Code is DiagnosticCodes.Limit);
        Assert.Equal((5_003, "with job \"p{i}\" there are more than 1,000,000 jobs"), (limit.Line, limit.Message));
        Assert.Equal(101, problems.Count);
    }

    [Fact]
    public void A_mistake_that_copies_share_is_one_mistake()
    {
        var problem = Assert.Single(Read("name: w\njobs: [{name: w, command: 'echo {i}', parameters: {i: '1:3'}}]\n", "a.yaml").Problems);

        Assert.Equal(DiagnosticCodes.CopiesDiffer, problem.Code);
    }

    private static SpecReading Read(string text, string fileName) => SpecReader.Read(Encoding.UTF8.GetBytes(text), fileName);

    private static string Needs(string memory, string more = "", string cpus = "1") =>
        $$$"""{"name": "w", "jobs": [{"name": "j", "command": "b", "resource_requirements": "s"}], "resource_requirements": [{"name": "s", "num_cpus": {{{cpus}}}, "memory": {{{memory}}}{{{more}}}}]}""";
}
