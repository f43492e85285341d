using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Reruns;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Workflows;

namespace Torc.Shared.Contracts;

/// <summary>How everything that crosses a wire is written: snake_case, statuses as words, no reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(WorkflowIdConverter), typeof(JobIdConverter), typeof(NodeIdConverter), typeof(AttemptIdConverter), typeof(MemorySizeConverter), typeof(SecondsConverter), typeof(FileIdentityConverter),
        typeof(SnakeCaseEnumConverter<JobStatus>), typeof(SnakeCaseEnumConverter<WorkflowStatus>), typeof(SnakeCaseEnumConverter<OutcomeKind>),
        typeof(SnakeCaseEnumConverter<LogStream>), typeof(SnakeCaseEnumConverter<MemoryGuard>), typeof(SnakeCaseEnumConverter<FileState>), typeof(SnakeCaseEnumConverter<RerunScope>),
        typeof(SnakeCaseEnumConverter<PlannedAction>), typeof(ReasonCodeConverter), typeof(SnakeCaseEnumConverter<Severity>),
        typeof(SnakeCaseEnumConverter<ActionTrigger>), typeof(SnakeCaseEnumConverter<ResourceKind>), typeof(SnakeCaseEnumConverter<SearchKind>),
    ])]
[JsonSerializable(typeof(SpecSummary))]
[JsonSerializable(typeof(AgentHello))]
[JsonSerializable(typeof(AgentWelcome))]
[JsonSerializable(typeof(AgentReport))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(IReadOnlyList<AttemptSample>))]
[JsonSerializable(typeof(AttemptSample[]))]
[JsonSerializable(typeof(UsagePoint[]))]
[JsonSerializable(typeof(IReadOnlyList<UsagePoint>))]
[JsonSerializable(typeof(UsageSummary))]
[JsonSerializable(typeof(UsageView))]
[JsonSerializable(typeof(IReadOnlyList<ResourceUseView>))]
[JsonSerializable(typeof(IReadOnlyList<JobUseView>))]
[JsonSerializable(typeof(IReadOnlyList<FileDigest>))]
[JsonSerializable(typeof(FileDigest[]))]
[JsonSerializable(typeof(FileInspection))]
[JsonSerializable(typeof(IReadOnlyList<FileFact>))]
[JsonSerializable(typeof(FileFact[]))]
[JsonSerializable(typeof(SpecChangeView))]
[JsonSerializable(typeof(SpecHistory))]
[JsonSerializable(typeof(IReadOnlyList<RunView>))]
[JsonSerializable(typeof(IReadOnlyList<JobComparison>))]
[JsonSerializable(typeof(RerunRequest))]
[JsonSerializable(typeof(RerunPlanView))]
[JsonSerializable(typeof(LogRequest))]
[JsonSerializable(typeof(LogChunk))]
[JsonSerializable(typeof(LogRequests))]
[JsonSerializable(typeof(LogChunks))]
[JsonSerializable(typeof(LogLinesRequest))]
[JsonSerializable(typeof(LogSearchRequest))]
[JsonSerializable(typeof(LogSearchAnswer))]
[JsonSerializable(typeof(LogNews))]
[JsonSerializable(typeof(LogLineView))]
[JsonSerializable(typeof(WorkflowUpdate))]
[JsonSerializable(typeof(DraftView))]
[JsonSerializable(typeof(IReadOnlyList<WorkflowView>))]
[JsonSerializable(typeof(IReadOnlyList<JobView>))]
[JsonSerializable(typeof(IReadOnlyList<SearchHit>))]
[JsonSerializable(typeof(EventView))]
[JsonSerializable(typeof(DryRunView))]
[JsonSerializable(typeof(TimelineView))]
[JsonSerializable(typeof(UserDataView))]
[JsonSerializable(typeof(IReadOnlyList<EventView>))]
[JsonSerializable(typeof(IReadOnlyList<UserDataView>))]
[JsonSerializable(typeof(IReadOnlyList<UserDataValueView>))]
[JsonSerializable(typeof(IReadOnlyList<SampleView>))]
[JsonSerializable(typeof(JobDetails))]
[JsonSerializable(typeof(NodeView))]
[JsonSerializable(typeof(IReadOnlyList<NodeView>))]
[JsonSerializable(typeof(ServerFile))]
[JsonSerializable(typeof(NewEvent))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(LoginLink))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(IReadOnlyList<WorkflowUpdate>))]
[JsonSerializable(typeof(CommandProblem))]
[JsonSerializable(typeof(JobChange))]
[JsonSerializable(typeof(AddressView))]
[JsonSerializable(typeof(TokenView))]
[JsonSerializable(typeof(ExampleView))]
[JsonSerializable(typeof(IReadOnlyList<ExampleView>))]
[JsonSerializable(typeof(IReadOnlyList<SettingView>))]
[JsonSerializable(typeof(DownView))]
[JsonSerializable(typeof(SpecDiffView))]
[JsonSerializable(typeof(WorkflowExport))]
public sealed partial class TorcJson : JsonSerializerContext
{
    /// <summary>Makes a host's options write as this does: they hold naming and converters themselves, and only ask us for types.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = Default.Options.PropertyNamingPolicy;
        options.DictionaryKeyPolicy = Default.Options.DictionaryKeyPolicy;
        options.DefaultIgnoreCondition = Default.Options.DefaultIgnoreCondition;
        foreach (var converter in Default.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        options.NumberHandling = Default.Options.NumberHandling;
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
