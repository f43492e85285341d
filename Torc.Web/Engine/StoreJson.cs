using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Web.Engine;

/// <summary>How what nobody searches for is kept inside a column.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified, Converters = [typeof(MemorySizeConverter)])]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Fingerprint))]
internal sealed partial class StoreJson : JsonSerializerContext;
