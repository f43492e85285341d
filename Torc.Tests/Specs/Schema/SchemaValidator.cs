using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Torc.Tests.Support;

namespace Torc.Tests.Specs.Schema;

/// <summary>As much of JSON Schema as the schemas of specs and of the API use; anything else in one is an exception.</summary>
/// <param name="definitions">What references lead to, by the last part of their names.</param>
internal sealed class SchemaValidator(JsonObject definitions)
{
    /// <returns>Why a value is not allowed; null if it is.</returns>
    public string? Refuse(JsonNode? value, JsonObject schema) => Refuse(value, schema, "");

    private string? Refuse(JsonNode? value, JsonObject schema, string path) =>
        schema.Select(rule => Refuse(value, rule.Key, rule.Value!, schema, path)).FirstOrDefault(refusal => refusal is not null);

    private string? Refuse(JsonNode? value, string rule, JsonNode wanted, JsonObject schema, string path) => rule switch
    {
        "$schema" or "$defs" or "title" or "description" or "default" or "format" => null,
        "$ref" => Refuse(value, definitions[wanted.ToString().Split('/')[^1]]!.AsObject(), path),
        "anyOf" or "oneOf" => wanted.AsArray().Any(one => Refuse(value, one!.AsObject(), path) is null) ? null : $"{path} is none of several",
        "type" => (wanted is JsonArray types ? types.Select(type => type!.ToString()) : [wanted.ToString()]).Any(type => Is(value, type)) ? null : $"{path} is no {wanted.ToJsonString()}",
        "enum" => wanted.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? null : $"{path} is none of {wanted.ToJsonString()}",
        "minimum" => !Is(value, "number") || value!.GetValue<decimal>() >= wanted.GetValue<decimal>() ? null : $"{path} is too small",
        "maximum" => !Is(value, "number") || value!.GetValue<decimal>() <= wanted.GetValue<decimal>() ? null : $"{path} is too great",
        "pattern" => !Is(value, "string") || Regex.IsMatch(value!.ToString(), wanted.ToString(), RegexOptions.None, Waiting.Patience) ? null : $"{path} is not like {wanted}",
        "required" => value is JsonObject item && wanted.AsArray().FirstOrDefault(key => !item.ContainsKey(key!.ToString())) is { } missing ? $"{path} has no {missing}" : null,
        "properties" => First(value as JsonObject, entry => wanted[entry.Key] is JsonObject one ? Refuse(entry.Value, one, $"{path}/{entry.Key}") : null),
        "additionalProperties" => First(value as JsonObject, entry => schema["properties"]?[entry.Key] is not null ? null
            : wanted is JsonObject one ? Refuse(entry.Value, one, $"{path}/{entry.Key}")
            : wanted.GetValue<bool>() ? null : $"{path} has {entry.Key}"),
        "items" => value is JsonArray list ? list.Select((one, index) => Refuse(one, wanted.AsObject(), $"{path}/{index}")).FirstOrDefault(refusal => refusal is not null) : null,
        _ => throw new InvalidOperationException($"{rule} is not known here"),
    };

    private static string? First(JsonObject? item, Func<KeyValuePair<string, JsonNode?>, string?> refuse) => item?.Select(refuse).FirstOrDefault(refusal => refusal is not null);

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() is JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() is JsonValueKind.Number,
        "integer" => value?.GetValueKind() is JsonValueKind.Number && decimal.IsInteger(value.GetValue<decimal>()),
        _ => throw new InvalidOperationException($"{type} is no type"),
    };
}
