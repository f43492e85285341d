using System.Text.Json.Serialization;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>How what nobody searches for is kept inside the columns of a draft.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SpecHistory))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, SpecPlace>))]
internal sealed partial class DraftJson : JsonSerializerContext;
