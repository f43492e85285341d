using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Reruns;

namespace Torc.Shared.Contracts;

/// <summary>What a file system says of a file travels as <see cref="FileIdentity.ToString"/> writes it.</summary>
public sealed class FileIdentityConverter : JsonConverter<FileIdentity>
{
    public override FileIdentity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FileIdentity.Parse(reader.GetString()) ?? throw new JsonException("not the identity of a file");

    public override void Write(Utf8JsonWriter writer, FileIdentity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
