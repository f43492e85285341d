using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>How what nobody searches for is kept inside a column.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified, Converters = [typeof(MemorySizeConverter)])]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Fingerprint))]
[JsonSerializable(typeof(IReadOnlyList<FailureRule>))]
internal sealed partial class StoreJson : JsonSerializerContext;
