using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Jobs;

namespace Torc.Shared.Contracts;

/// <summary>A workflow id travels as its number.</summary>
public sealed class WorkflowIdConverter : JsonConverter<WorkflowId>
{
    public override WorkflowId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, WorkflowId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
