using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Reruns;

namespace Torc.Shared.Contracts;

/// <summary>A reason travels as people know it, such as <c>INPUT_CHANGED</c>.</summary>
public sealed class ReasonCodeConverter() : JsonStringEnumConverter<ReasonCode>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);
