using System.Text.Json.Nodes;
using Torc.Tests.Specs.Schema;

namespace Torc.Tests.Api;

/// <summary>What the server says about its API, as a program that is made from it reads it.</summary>
internal sealed class ApiDescription
{
    private readonly SchemaValidator _validator;

    public ApiDescription(JsonObject document)
    {
        Document = document;
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var schema in schemas.Select(entry => entry.Value!.AsObject()).Where(schema => schema.ContainsKey("properties")))
        {
            // What an answer has is in the document, all of it.
            schema["additionalProperties"] = false;
        }

        _validator = new SchemaValidator(schemas);
        Operations = [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject(), (path, operation) => new ApiOperation(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()))];
    }

    public JsonObject Document { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <returns>Why the document does not allow an answer; null if it does.</returns>
    public async Task<string?> RefuseAsync(ApiOperation operation, HttpResponseMessage answer, CancellationToken cancel)
    {
        string status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (operation.Json["responses"]![status] is not JsonObject response)
        {
            return $"{status} is not in the document";
        }

        string? type = answer.Content.Headers.ContentType?.MediaType;
        if (response["content"] is not JsonObject contents || type is null)
        {
            return type is null == response["content"] is null ? null : $"{type} is not in the document for {status}";
        }

        if (contents.FirstOrDefault(content => content.Key.Split(';')[0] == type).Value?["schema"] is not JsonObject schema)
        {
            return $"{type} is not in the document for {status}";
        }

        return type.EndsWith("json", StringComparison.Ordinal) ? _validator.Refuse(JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel)), schema) : null;
    }
}
