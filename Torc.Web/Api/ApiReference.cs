using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Torc.Web.Api;

/// <summary>The description of the API as its page shows it.</summary>
public sealed record ApiReference(string Version, IReadOnlyList<ApiGroup> Groups, IReadOnlyList<ApiSchema> Schemas)
{
    public static ApiReference Of(OpenApiDocument document) => new(
        document.Info.Version ?? "",
        [
            .. (document.Tags ?? new HashSet<OpenApiTag>()).Select(tag => new ApiGroup(
                tag.Name ?? "",
                tag.Description ?? "",
                [
                    .. document.Paths
                        .SelectMany(path => path.Value.Operations!.Where(operation => operation.Value.Tags?.Any(of => of.Name == tag.Name) is true), (path, operation) => Entry(path.Key, operation.Key, operation.Value))
                        .OrderBy(entry => entry.Path, StringComparer.Ordinal),
                ])),
        ],
        [.. (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Select(schema => Schema(schema.Key, schema.Value)).OrderBy(schema => schema.Name, StringComparer.Ordinal)]);

    private static ApiEntry Entry(string path, HttpMethod method, OpenApiOperation operation) => new(
        operation.OperationId ?? path,
        method.Method,
        path,
        operation.Summary ?? "",
        [.. (operation.Parameters ?? []).Select(parameter => new ApiField(parameter.Name ?? "", Type(parameter.Schema), $"{parameter.In}".ToLowerInvariant(), parameter.Description))],
        [.. (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>()).Select(Content)],
        [.. (operation.Responses ?? []).OrderBy(response => response.Key, StringComparer.Ordinal).Select(response => new ApiAnswer(response.Key, Meaning(response.Key), [.. (response.Value.Content ?? new Dictionary<string, OpenApiMediaType>()).Select(Content)]))]);

    private static ApiContent Content(KeyValuePair<string, OpenApiMediaType> content) => new(content.Key, Type(content.Value.Schema));

    private static ApiSchema Schema(string name, IOpenApiSchema schema) => new(
        name,
        schema.Description,
        schema.Properties is { Count: > 0 } ? null : Written(schema),
        [.. (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(property => new ApiField(property.Key, Type(property.Value), schema.Required?.Contains(property.Key) is true ? "always" : "", property.Value.Description))]);

    private static ApiType Type(IOpenApiSchema? schema) => schema switch
    {
        null => new ApiType("any"),
        OpenApiSchemaReference { Reference.Id: { } name } => new ApiType(name, name),
        { Items: { } items } when Type(items) is var one => new ApiType($"list of {one.Words}", one.Schema),
        { OneOf: { Count: > 0 } several } when several.Where(one => one.Type != JsonSchemaType.Null).Select(Type).ToList() is var types =>
            new ApiType(string.Join(" or ", types.Select(type => type.Words)), types.Count == 1 ? types[0].Schema : null),
        { AdditionalProperties: { } values } when Type(values) is var value => new ApiType($"object of {value.Words}", value.Schema),
        _ => new ApiType(Written(schema)),
    };

    private static string Written(IOpenApiSchema schema)
    {
        string type = schema.Enum is { Count: > 0 } values
            ? string.Join(" | ", values.Select(value => value?.ToString()))
            : schema.Type is { } known ? $"{known & ~JsonSchemaType.Null}".ToLowerInvariant() : "any";
        return schema.Format switch
        {
            "date-time" => "instant",
            _ => type,
        };
    }

    private static string Meaning(string status) =>
        ReasonPhrases.GetReasonPhrase(int.Parse(status, CultureInfo.InvariantCulture));
}
