using System.Text.Json.Nodes;

namespace Torc.Tests.Api;

/// <summary>A method of an address.</summary>
internal sealed record ApiOperation(string Path, string Method, JsonObject Json)
{
    public string Id => Json["operationId"]?.ToString() ?? $"{Method} {Path}";

    public IEnumerable<JsonObject> Parameters => Json["parameters"]?.AsArray().Select(parameter => parameter!.AsObject()) ?? [];
}
