using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Quantities;

namespace Torc.Shared.Contracts;

/// <summary>An amount of memory travels as its number of bytes.</summary>
public sealed class MemorySizeConverter : JsonConverter<MemorySize>
{
    public override MemorySize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, MemorySize value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Bytes);
}
