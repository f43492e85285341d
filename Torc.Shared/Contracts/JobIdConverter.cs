using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Jobs;

namespace Torc.Shared.Contracts;

/// <summary>A job id travels as its number.</summary>
public sealed class JobIdConverter : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
