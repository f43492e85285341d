using System.Text.Json;
using System.Text.Json.Serialization;

namespace Torc.Shared.Contracts;

/// <summary>A status travels as its word, such as <c>pending_failed</c>.</summary>
public sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
