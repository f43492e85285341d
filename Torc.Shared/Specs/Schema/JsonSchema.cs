using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Torc.Shared.Specs.Schema;

/// <summary>The language of specs as JSON Schema (draft 2020-12), for editors, which complete and check with it while one types.</summary>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, IndentSize = 2, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole schema; always the same text.</summary>
    public static string Text { get; } = Document().ToJsonString(Readable) + "\n";

    private static JsonObject Document()
    {
        var document = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Torc workflow" };
        foreach (var property in ObjectOf(SpecSchema.Workflow))
        {
            document[property.Key] = property.Value?.DeepClone();
        }

        var definitions = new JsonObject();
        foreach (var kind in SpecSchema.All.Where(kind => kind != SpecSchema.Workflow))
        {
            definitions[kind.Name] = ObjectOf(kind);
        }

        document["$defs"] = definitions;
        return document;
    }

    private static JsonObject ObjectOf(SpecObjectKind kind)
    {
        var properties = new JsonObject();
        foreach (var field in kind.Fields)
        {
            properties[field.Name] = Described(field);
        }

        return new JsonObject
        {
            ["description"] = kind.Summary,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. kind.Fields.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name))]),
            ["additionalProperties"] = kind.AllowsMore,
        };
    }

    private static JsonObject Described(SpecField field)
    {
        // Null stands for an absent value wherever a key may be absent.
        var schema = field.IsRequired ? Of(field.Shape) : new JsonObject { ["anyOf"] = new JsonArray(Of(field.Shape), new JsonObject { ["type"] = "null" }) };
        schema["description"] = $"{field.Summary}.{(field.Default is null ? "" : $" Default: {field.Default}.")}";
        return schema;
    }

    private static JsonObject Of(SpecShape shape) => shape switch
    {
        SpecShape.Text or SpecShape.Name => new JsonObject { ["type"] = "string" },
        SpecShape.Whole whole => new JsonObject { ["type"] = "integer", ["minimum"] = whole.Min, ["maximum"] = whole.Max },
        SpecShape.Flag => new JsonObject { ["type"] = "boolean" },
        SpecShape.Amount amount => new JsonObject { ["type"] = new JsonArray("string", "integer"), ["pattern"] = amount.Pattern },
        SpecShape.Choice choice => new JsonObject { ["enum"] = new JsonArray([.. choice.Values.Select(value => JsonValue.Create(value))]) },
        SpecShape.Anything => [],
        SpecShape.ObjectOrText => new JsonObject { ["type"] = new JsonArray("string", "object") },
        SpecShape.List list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Of) },
        SpecShape.Map map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(map.Of) },
        SpecShape.Plain => new JsonObject { ["type"] = new JsonArray("string", "number") },
        SpecShape.ParameterValues => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
                new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } }),
        },
        SpecShape.Object one => Reference(one.Kind),
        SpecShape.NameOrObject either => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, Own(either.Kind)) },
        _ => throw new InvalidOperationException($"{shape} has no schema"),
    };

    private static JsonObject Reference(SpecObjectKind kind) => new() { ["$ref"] = $"#/$defs/{kind.Name}" };

    // Written in place of a name, such an object needs none.
    private static JsonObject Own(SpecObjectKind kind)
    {
        var own = ObjectOf(kind);
        own["required"] = new JsonArray([.. kind.Fields.Where(field => field is { IsRequired: true, Name: not "name" }).Select(field => JsonValue.Create(field.Name))]);
        return own;
    }
}
