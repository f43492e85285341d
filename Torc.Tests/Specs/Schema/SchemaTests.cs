using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Specs.Writing;
using Xunit;

namespace Torc.Tests.Specs.Schema;

/// <summary>What the schema tells an editor and what the reader takes are the same.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(JsonSchema.Text)!.AsObject();

    private static readonly SchemaValidator Validator = new(Schema["$defs"]!.AsObject());

    public static TheoryData<string, string> Fields() => [.. SpecSchema.All.SelectMany(kind => kind.Fields.Select(field => (kind.Name, field.Name)))];

    public static TheoryData<string> Kinds() => [.. SpecSchema.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void The_example_of_each_field_is_read_and_the_schema_allows_it(string kind, string name)
    {
        var field = Kind(kind).Find(name)!;
        string text = SpecWith(Kind(kind), field, field.Example);

        var reading = Reading.OfYaml(text);

        Assert.Empty(reading.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => $"{problem.Path} {problem.Message}"));
        Assert.Null(Validator.Refuse(JsonNode.Parse(reading.Write(SpecNotation.Json)!), Schema));
        Assert.Null(Validator.Refuse(Tree(text), Schema));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_value_of_a_wrong_kind_is_an_error_at_its_place_and_the_schema_forbids_it(string kind, string name)
    {
        var field = Kind(kind).Find(name)!;
        foreach (string wrong in Wrong(field.Shape).Concat(field.IsRequired ? ["~"] : []))
        {
            string text = SpecWith(Kind(kind), field, wrong);

            var errors = Reading.OfYaml(text).Problems.Where(problem => problem.Severity == Severity.Error).ToList();

            Assert.True(errors.Exists(problem => problem.Path.Contains($"/{name}", StringComparison.Ordinal)), $"{name}: {wrong} is read");
            Assert.True(Validator.Refuse(Tree(text), Schema) is not null, $"the schema allows {name}: {wrong}");
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Nothing_as_a_value_is_as_good_as_no_key(string kind, string name)
    {
        var field = Kind(kind).Find(name)!;
        string text = SpecWith(Kind(kind), field, "~");

        bool isRead = Reading.OfYaml(text).Problems.All(problem => problem.Severity != Severity.Error);

        Assert.Equal(!field.IsRequired, isRead);
        Assert.Equal(!field.IsRequired, Validator.Refuse(Tree(text), Schema) is null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_object_has_a_key_that_the_schema_lacks(string kind)
    {
        string text = SpecWith(Kind(kind), "zzz_unknown", "1");

        var problem = Assert.Single(Reading.OfYaml(text).Problems, problem => problem.Code is DiagnosticCodes.UnknownKey);

        Assert.Equal(Kind(kind).AllowsMore ? Severity.Warning : Severity.Error, problem.Severity);
        Assert.Equal(Kind(kind).AllowsMore, Validator.Refuse(Tree(text), Schema) is null);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_an_object_must_have_both_miss(string kind)
    {
        foreach (var field in Kind(kind).Fields.Where(field => field.IsRequired))
        {
            string text = SpecWith(Kind(kind), field.Name, value: null);

            Assert.Contains(Reading.OfYaml(text).Problems, problem => problem.Code is DiagnosticCodes.MissingKey && problem.Message.EndsWith($"\"{field.Name}\"", StringComparison.Ordinal));
            Assert.NotNull(Validator.Refuse(Tree(text), Schema));
        }
    }

    [Fact]
    public void The_schema_can_be_read_by_whoever_reads_schemas()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema["$schema"]!.ToString());
        Assert.EndsWith("}\n", JsonSchema.Text, StringComparison.Ordinal);
    }

    private static SpecObjectKind Kind(string name) => SpecSchema.All.Single(kind => kind.Name == name);

    private static JsonNode? Tree(string yaml) => JsonNode.Parse(JsonNodeWriter.Write(Trees.FromYaml(yaml)));

    private static string SpecWith(SpecObjectKind kind, SpecField field, string value) => SpecWith(kind, field.Name, value);

    // A spec in which all names of the examples are declared, with one object of the kind that has the key; null leaves it out.
    private static string SpecWith(SpecObjectKind kind, string key, string? value)
    {
        string mine = (key, value) switch
        {
            ("parameters", not "~") => "\"mine_{i}_{mode}\"",
            ("use_parameters", not "~") => "\"mine_{seed}\"",
            _ => "mine",
        };
        var (list, before, entries) = kind.Name switch
        {
            "job" => ("jobs", "- ", Entries(("name", mine), ("command", "x"))),
            "stdio" => ("jobs", "- name: mine\n  command: x\n  stdio:\n    ", Entries()),
            "file" => ("files", "- ", Entries(("name", mine), ("path", mine))),
            "dataset" => ("datasets", "- ", Entries(("name", mine), ("path", mine))),
            "user_data" => ("user_data", "- ", Entries(("name", mine))),
            "resource_requirements" => ("resource_requirements", "- ", Entries(("name", "mine"), ("num_cpus", "1"), ("memory", "1g"))),
            "failure_handler" => ("failure_handlers", "- ", Entries(("name", "mine"), ("rules", "[]"))),
            "failure_rule" => ("failure_handlers", "- name: mine\n  rules:\n  - ", Entries()),
            "slurm_scheduler" => ("slurm_schedulers", "- ", Entries(("name", "mine"), ("account", "a"))),
            "action" => ("actions", "- ", Entries(("trigger_type", "on_workflow_start"), ("action_type", key is "commands" ? "schedule_nodes" : "run_commands"), ("commands", "[x]"), ("scheduler", "short"))),
            "resource_monitor" => ("resource_monitor", "  ", Entries(("enabled", "true"))),
            "monitor_part" => ("resource_monitor", "  jobs:\n    ", Entries(("enabled", "true"))),
            _ => ("", "", Entries(("name", "w"))),
        };
        entries.Remove(key);
        if (value is not null)
        {
            entries.Add(key, value);
        }

        string indent = new(' ', before.Length - before.LastIndexOf('\n') - 1);
        string one = before + string.Join($"\n{indent}", entries.Select(entry => $"{entry.Key}: {entry.Value}"));
        var top = new Dictionary<string, string[]>
        {
            ["jobs"] = ["{name: preprocess, command: x}", "{name: work1, command: x}"],
            ["files"] = ["{name: f1, path: a}", "{name: f2, path: b}", "{name: f3, path: c}"],
            ["datasets"] = ["{name: parts, path: d}"],
            ["user_data"] = ["{name: settings}", "{name: result}"],
            ["resource_requirements"] = ["{name: large, num_cpus: 1, memory: 1g}"],
            ["failure_handlers"] = ["{name: again, rules: []}"],
            ["slurm_schedulers"] = ["{name: short, account: a}"],
            ["actions"] = [],
            ["resource_monitor"] = [],
        };
        var text = new StringBuilder(list.Length == 0 ? one : "name: w").Append('\n').Append(list.Length > 0 || key is not "parameters" ? "parameters: {seed: \"1:2\"}\n" : "");
        foreach (var (name, items) in top.Where(entry => (entry.Value.Length > 0 || entry.Key == list) && (list.Length > 0 || entry.Key != key)))
        {
            // Whatever has the name that the example gives makes way for it.
            var others = name == list && key is "name" ? items.Where(item => !item.StartsWith($"{{name: {value},", StringComparison.Ordinal) && item != $"{{name: {value}}}") : items;
            text.Append(name).Append(":\n").Append(string.Concat(others.Select(item => $"- {item}\n"))).Append(name == list ? $"{one}\n" : "");
        }

        return text.ToString();
    }

    private static Dictionary<string, string> Entries(params (string Key, string Value)[] entries) => entries.ToDictionary(entry => entry.Key, entry => entry.Value);

    // Values, as YAML, that are not of the shape.
    private static IEnumerable<string> Wrong(SpecShape shape) => shape switch
    {
        SpecShape.Text or SpecShape.Name => ["3", "true", "[x]", "{a: x}"],
        SpecShape.Whole whole =>
        [
            "x", "\"1\"", "1.5", "true", "[1]", "{a: 1}",
            (whole.Min - 1L).ToString(CultureInfo.InvariantCulture), (whole.Max + 1L).ToString(CultureInfo.InvariantCulture),
        ],
        SpecShape.Flag => ["1", "yes", "[true]", "{a: true}"],
        SpecShape.Amount => ["true", "[1g]", "{a: 1g}", "\"\"", "\"?\""],
        SpecShape.Choice choice => ["3", "nothing", choice.Values[0].ToUpperInvariant(), $"[{choice.Values[0]}]", "{}"],
        SpecShape.Anything => [],
        SpecShape.ObjectOrText => ["3", "true", "[1]"],
        SpecShape.List list => ["3", "x", "true", "{a: x}", .. Wrong(list.Of).Append("~").Where(_ => list.Of is not SpecShape.Anything).Select(wrong => $"[{wrong}]")],
        SpecShape.Map map => ["3", "x", "true", "[x]", .. Wrong(map.Of).Append("~").Where(_ => map.Of is not SpecShape.Anything).Select(wrong => $"{{a: {wrong}}}")],
        SpecShape.ParameterValues => ["{a: x}", "[[x]]", "[~]"],
        SpecShape.Plain => ["true", "[x]", "{a: x}"],
        SpecShape.Object => ["3", "x", "true", "[x]"],
        SpecShape.NameOrObject => ["3", "true", "[x]"],
        _ => throw new InvalidOperationException($"{shape} is new"),
    };
}
