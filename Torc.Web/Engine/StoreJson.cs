using System.Text.Json.Serialization;

namespace Torc.Web.Engine;

/// <summary>How small maps are kept inside a column.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StoreJson : JsonSerializerContext;
