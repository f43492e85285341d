using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Agent.Journal;

/// <summary>How the journal is written: one record a line, and nothing left out, so that half a record is seen to be one.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(WorkflowIdConverter), typeof(AttemptIdConverter), typeof(MemorySizeConverter), typeof(FileIdentityConverter), typeof(SnakeCaseEnumConverter<FileState>), typeof(SnakeCaseEnumConverter<OutcomeKind>),
        typeof(SnakeCaseEnumConverter<JobStatus>),
    ])]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
