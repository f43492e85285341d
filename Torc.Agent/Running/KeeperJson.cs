using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Agent.Running;

/// <summary>How agent and keeper write to each other.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(WorkflowIdConverter), typeof(AttemptIdConverter), typeof(MemorySizeConverter), typeof(FileIdentityConverter), typeof(SnakeCaseEnumConverter<FileState>), typeof(SnakeCaseEnumConverter<OutcomeKind>),
        typeof(SnakeCaseEnumConverter<JobStatus>),
    ])]
[JsonSerializable(typeof(KeeperRequest))]
[JsonSerializable(typeof(KeeperNews))]
internal sealed partial class KeeperJson : JsonSerializerContext;
