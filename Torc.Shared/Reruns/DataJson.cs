using System.Text.Json;
using System.Text.Json.Serialization;

namespace Torc.Shared.Reruns;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DataJson : JsonSerializerContext;
