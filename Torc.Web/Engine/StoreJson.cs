using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>How what nobody searches for is kept inside a column.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MemorySizeConverter), typeof(SnakeCaseEnumConverter<OutcomeKind>), typeof(SnakeCaseEnumConverter<RerunScope>)])]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Fingerprint))]
[JsonSerializable(typeof(IReadOnlyList<FailureRule>))]
[JsonSerializable(typeof(RunStartedData))]
[JsonSerializable(typeof(JobMovedData))]
[JsonSerializable(typeof(ArchivedData))]
internal sealed partial class StoreJson : JsonSerializerContext;
