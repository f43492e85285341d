using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Data;

/// <summary>How the newest retry of a job is kept in its row: as JSON, since nobody searches for it.</summary>
internal static partial class RetryColumn
{
    public static string? Write(Retry? retry) => retry is null ? null : JsonSerializer.Serialize(retry, RetryJson.Default.Retry);

    public static Retry? Read(string? column) => column is null ? null : JsonSerializer.Deserialize(column, RetryJson.Default.Retry);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = [typeof(MemorySizeConverter)])]
    [JsonSerializable(typeof(Retry))]
    private sealed partial class RetryJson : JsonSerializerContext;
}
