using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Jobs;

namespace Torc.Shared.Contracts;

/// <summary>An attempt travels as text: <c>"17.2"</c> is the second attempt of job 17.</summary>
public sealed class AttemptIdConverter : JsonConverter<AttemptId>
{
    public override AttemptId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => AttemptId.TryParse(reader.GetString(), out var attempt) ? attempt : throw new JsonException("an attempt is written as JOB.NUMBER");

    public override void Write(Utf8JsonWriter writer, AttemptId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
