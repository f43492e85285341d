using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Journal;

/// <summary>How the journal is written: one record a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(WorkflowIdConverter), typeof(AttemptIdConverter), typeof(MemorySizeConverter), typeof(SnakeCaseEnumConverter<OutcomeKind>),
        typeof(SnakeCaseEnumConverter<JobStatus>),
    ])]
[JsonSerializable(typeof(JournalRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
